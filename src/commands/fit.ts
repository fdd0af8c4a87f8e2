import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../contracts/input-error.ts';
import { fitDifferences } from '../fit-results/fit-differences.ts';
import { writeTogether } from '../files/write-together.ts';
import { loadFitter } from '../plugins/discover.ts';
import { programVersions } from '../runner/program-versions.ts';
import { toCsv } from '../tables/writing/csv.ts';
import { printJson, printMessage } from '../terminal/print.ts';
import { commandLine, fitOne, REPORT, scanTitle, type FitOptions } from './fit-one.ts';

export type { FitOptions };

/**
 * Fits the voxels of a file and writes maps or a table. Two fitters, separated by a comma, write a folder each and a page of
 * their differences.
 * @returns the exit code: 0, or 1 if no voxel has an estimate
 * @throws InputError if the input is invalid or no voxel can be fitted; nothing is written then
 */
export async function fit(options: FitOptions): Promise<number> {
  const { fitter } = options;
  if (fitter?.includes(',') && !existsSync(fitter)) return fitTwo(options, fitter.split(','));
  const { fitted, summary } = await fitOne(options);
  if (options.json) printJson(summary);
  return fitted > 0 ? 0 : 1;
}

const DIFFERENCES = 'differences.csv';

async function fitTwo(options: FitOptions, given: readonly string[]): Promise<number> {
  const { out, signals, command } = options;
  const said = `--fitter ${given.join(',')}`;
  if (given.length > 2)
    throw new InputError(`${said}: ${given.length} fitters; allowed: one, or two to compare`);
  if (given.some((each) => each.trim() === ''))
    throw new InputError(`${said}: a name is missing beside the comma`);
  if (options.model !== undefined)
    throw new InputError(`--model ${options.model}: belongs to one fitter, and ${said} are two`);
  const table = signals.find((file) => /\.(csv|tsv|npy)$/i.test(file));
  if (table !== undefined)
    throw new InputError(`${said}: two fitters are compared on a NIfTI scan, not on ${table}`);
  const names: string[] = [];
  for (const each of given) names.push((await loadFitter(each.trim())).name);
  if (names[0] === names[1]) throw new InputError(`${said}: ${names[0]} is given twice`);
  const settings = settingsByFitter(names, options.set ?? []);
  const folders = names.map((name) => join(out, name));
  const fits = [];
  for (const [i, name] of names.entries()) {
    if (!options.quiet) printMessage(`${name}:`);
    fits.push(await fitOne({ ...options, fitter: given[i].trim(), set: settings[i], out: folders[i] }));
  }
  const files = fits.flatMap(({ summary }) => summary['files'] as string[]);
  const [a, b] = fits.map(({ scan }) => scan);
  if (a && b && options.report !== false) {
    const { differenceTable, renderDifferenceReport } = await import('../report/render-fit-report.ts');
    const differences = fitDifferences(a, b);
    const page = await renderDifferenceReport({
      title: scanTitle(signals),
      fits: [a, b],
      differences,
      reports: [`${names[0]}/${REPORT}`, `${names[1]}/${REPORT}`],
      ...(command ? { command: commandLine(command) } : {}),
      versions: programVersions(),
    });
    const csv = toCsv(differenceTable(differences, [names[0], names[1]]));
    const contents = new Map([
      [DIFFERENCES, csv],
      [REPORT, page],
    ]);
    const written = await writeTogether(out, contents);
    files.push(...written);
    if (!options.quiet) printMessage(`wrote ${written.join(', ')}`);
  }
  if (options.json) printJson({ fits: fits.map(({ summary }) => summary), files });
  return fits.every(({ fitted }) => fitted > 0) ? 0 : 1;
}

/** Settings of two fitters begin with the name of theirs: `segmented.threshold=200`. */
function settingsByFitter(names: readonly string[], assignments: readonly string[]): string[][] {
  const own = names.map((name) => assignments.filter((each) => each.startsWith(`${name}.`)));
  const stray = assignments.find((each) => !names.some((name) => each.startsWith(`${name}.`)));
  if (stray !== undefined)
    throw new InputError(
      `--set ${stray}: with two fitters, say whose setting it is: ${names.map((name) => `${name}.${stray}`).join(' or ')}`,
    );
  return own.map((list, i) => list.map((each) => each.slice(names[i].length + 1)));
}
