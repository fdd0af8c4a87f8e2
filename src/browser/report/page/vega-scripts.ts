import { scriptSource } from '../../../report/page/html.ts';
import { readReportFile } from '../read-report-file.ts';

/** Vega, Vega-Lite and vega-embed, in the order a page must run them, ready to stand in `script` elements. */
export const vegaScripts = (): Promise<string[]> =>
  Promise.all(
    ['vega', 'vega-lite', 'vega-embed'].map(async (name) =>
      scriptSource(new TextDecoder().decode(await readReportFile(`${name}.js`))),
    ),
  );
