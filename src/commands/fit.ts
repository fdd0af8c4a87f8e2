import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../contracts/input-error.ts';
import { fitDifferences } from '../fit-results/fit-differences.ts';
import type { FittedScan } from '../fit-results/fitted-scan.ts';
import { stageTogether, type WrittenFiles } from '../files/write-together.ts';
import type { ProposeRegions } from '../data/proposed-regions.ts';
import { loadFitter } from '../plugins/discover.ts';
import { programVersions } from '../runner/program-versions.ts';
import { toCsv } from '../tables/writing/csv.ts';
import { printJson, printMessage } from '../terminal/print.ts';
import { dicomScan } from './dicom-scan.ts';
import {
  commandLine,
  fitOne,
  REPORT,
  scanTitle,
  type FitOptions as OneFitOptions,
  type OneFit,
} from './fit-one.ts';

/** A fit, with what needs more than the page in a browser has. */
export interface FitOptions extends OneFitOptions {
  /** The folder of a network that marks the regions of the scan. */
  readonly segment?: string;
}

/**
 * Fits the voxels of a file, or of a folder of DICOM, and writes maps or a table. Two fitters, separated by a comma, write a
 * folder each and a page of their differences.
 * @returns the exit code: 0, or 1 if no voxel has an estimate
 * @throws InputError if the input is invalid or no voxel can be fitted; nothing is written then, by no fitter
 */
export async function fit(options: FitOptions): Promise<number> {
  const { fitter, out, quiet, json, segment, regions } = options;
  if (segment !== undefined && regions !== undefined)
    throw new InputError(
      `--segment ${segment}: marks regions, and --regions ${regions} has them already; allowed: one of the two`,
    );
  const two = fitter?.includes(',') && !existsSync(fitter) ? await twoOf(options, fitter.split(',')) : [];
  const propose = segment === undefined ? undefined : await proposer(segment);
  const scan = await dicomScan(options);
  const done: OneFit[] = [];
  const written: WrittenFiles[] = [];
  try {
    for (const each of two.length > 0 ? two : [options]) {
      if (two.length > 0 && !quiet) printMessage(`${each.fitter}:`);
      const one = await fitOne({ ...each, ...(scan ? { scan } : {}), ...(propose ? { propose } : {}) });
      done.push(one);
      written.push(one.written);
    }
    const [a, b] = done.map(({ scan }) => scan);
    if (a && b && options.report !== false)
      written.push(await stageTogether(out, await differences(a, b, options)));
    if (scan) written.push(await stageTogether(out, scan.kept));
    // Only now that all is complete.
    for (const each of written) await each.commit();
  } catch (error) {
    for (const each of written) each.discard();
    throw error;
  } finally {
    scan?.remove();
  }
  const files = written.flatMap(({ paths }) => paths);
  if (!quiet) printMessage(`wrote ${files.join(', ')}`);
  if (json)
    printJson(
      two.length > 0 ? { fits: done.map(({ summary }) => summary), files } : { ...done[0].summary, files },
    );
  return done.every(({ fitted }) => fitted > 0) ? 0 : 1;
}

/** TensorFlow is loaded for those who ask for it. */
async function proposer(segment: string): Promise<ProposeRegions> {
  const { openProposer } = await import('./propose-regions.ts');
  return openProposer(segment);
}

const DIFFERENCES = 'differences.csv';

/** The page of the differences between two fits, and its table, by name. */
async function differences(
  a: FittedScan,
  b: FittedScan,
  { signals, command }: FitOptions,
): Promise<ReadonlyMap<string, string>> {
  const { differenceTable, renderDifferenceReport } = await import('../report/render-fit-report.ts');
  const found = fitDifferences(a, b);
  const page = await renderDifferenceReport({
    title: scanTitle(signals),
    fits: [a, b],
    differences: found,
    reports: [`${a.fitter}/${REPORT}`, `${b.fitter}/${REPORT}`],
    ...(command ? { command: commandLine(command) } : {}),
    versions: programVersions(),
  });
  return new Map([
    [DIFFERENCES, toCsv(differenceTable(found, [a.fitter, b.fitter]))],
    [REPORT, page],
  ]);
}

/**
 * Divides the options among two fitters.
 * @throws InputError if these can't be compared, or options do not belong to two
 */
async function twoOf(options: FitOptions, given: readonly string[]): Promise<readonly FitOptions[]> {
  const { out, signals } = options;
  const said = `--fitter ${given.join(',')}`;
  if (given.length > 2)
    throw new InputError(
      `${said}: ${given.length} fitters; allowed: one, or two to compare, since a page of differences has a first and a second`,
    );
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
  return names.map((name, i) => ({
    ...options,
    fitter: given[i].trim(),
    set: settings[i],
    out: join(out, name),
  }));
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
