import { readFileSync } from 'node:fs';

const [header, ...lines] = readFileSync(new URL('../fixtures/asah.csv', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => line.split(','));

const column = (name: string): string[] => lines.map((cells) => cells[header.indexOf(name)]);

/** Outcome (1 is poor) and three scores of 113 patients: `test/fixtures/asah.md`. */
export const asah = {
  positive: Uint8Array.from(column('outcome'), (outcome) => Number(outcome === 'Poor')),
  wfns: Float64Array.from(column('wfns'), Number),
  s100b: Float64Array.from(column('s100b'), Number),
  ndka: Float64Array.from(column('ndka'), Number),
};
