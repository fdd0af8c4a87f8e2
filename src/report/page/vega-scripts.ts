import { readFile } from 'node:fs/promises';
import { scriptSource } from './html.ts';

/** The browser builds lie beside the module builds that the packages export. */
const BUILDS = [
  ['vega', 'vega.min.js'],
  ['vega-lite', 'vega-lite.min.js'],
  ['vega-embed', 'vega-embed.min.js'],
] as const;

/** Vega, Vega-Lite and vega-embed, in the order a page must run them, ready to stand in `script` elements. */
export async function vegaScripts(): Promise<string[]> {
  return Promise.all(
    BUILDS.map(async ([name, file]) => {
      const source = await readFile(new URL(file, import.meta.resolve(name)), 'utf8');
      return scriptSource(source.replace(/\n\/\/# sourceMappingURL=.*\s*$/, ''));
    }),
  );
}
