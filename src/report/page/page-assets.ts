import { readReportFile } from '../read-report-file.ts';
import type { PageAssets } from './shell.ts';
import { vegaScripts } from './vega-scripts.ts';

/** Reads what every page carries inside. */
export async function pageAssets(): Promise<PageAssets> {
  const asset = async (name: string) => new TextDecoder().decode(await readReportFile(name));
  const [style, print, script] = await Promise.all(['page.css', 'print.css', 'page.js'].map(asset));
  return { style, print, script, vega: await vegaScripts() };
}
