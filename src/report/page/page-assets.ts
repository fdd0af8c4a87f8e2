import { readFile } from 'node:fs/promises';
import type { PageAssets } from './shell.ts';
import { vegaScripts } from './vega-scripts.ts';

/** Reads what every page carries inside. */
export async function pageAssets(): Promise<PageAssets> {
  const asset = (name: string) => readFile(new URL(`../assets/${name}`, import.meta.url), 'utf8');
  const [style, print, script, vega] = await Promise.all([
    asset('page.css'),
    asset('print.css'),
    asset('page.js'),
    vegaScripts(),
  ]);
  return { style, print, script, vega };
}
