import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { VolunteersConfig } from '../../experiments/volunteers/config.ts';
import { simulationSettings } from '../../experiments/volunteers/data-set.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import type { CellResult } from '../../src/contracts/cell.ts';
import type { Row } from '../../src/contracts/metric.ts';
import { writeVolunteers } from '../../src/data/volunteers/write-volunteers.ts';
import { scratchFolder } from '../runner/tiny-study.ts';

export const scratch = scratchFolder();

/** A study of three people in two sessions on a coarse grid. @param data what stands in place of the virtual ones */
export function smallYaml(fitters: readonly object[], data?: readonly string[]): string {
  const virtual = [
    'virtual:',
    '  subjects: 3',
    '  sessions: { 15T: { field: 1.5T, TE: 60, TR: 2500 }, 3T: { field: 3T, TE: 60, TR: 2500 } }',
    '  image: { shape: [32, 24, 6], voxel: [8, 8, 8], tilt: 5 }',
    '  readers: { A: { shift: 2 }, B: { shift: 2 } }',
  ];
  return [
    'experiment: volunteers',
    'seed: 11',
    'protocol: barbieri-2020',
    'data:',
    ...(data ?? virtual).map((line) => `  ${line}`),
    'training:',
    '  voxels: 2000',
    '  noise: { sigma: { uniform: [0, 100] } }',
    '  tissue: { Dp: { uniform: [0.01, 0.2] }, D: { uniform: [0.0005, 0.002] }, f: { uniform: [0.1, 0.4] } }',
    'statistics: { resamples: 30 }',
    'fitters:',
    ...fitters.map((fitter) => `  - ${JSON.stringify(fitter)}`),
    '',
  ].join('\n');
}

export async function smallStudy(
  fitters: readonly object[],
  { set = [], data }: { set?: string[]; data?: readonly string[] } = {},
): Promise<VolunteersConfig> {
  const file = join(mkdtempSync(join(scratch, 'study-')), 'small.yaml');
  writeFileSync(file, smallYaml(fitters, data));
  return (await loadConfig(file, { set })).config as VolunteersConfig;
}

/** The same people as a data set on disk, in a new folder each time. */
export async function smallDataSet(set: string[] = []): Promise<string> {
  const folder = join(mkdtempSync(join(scratch, 'bids-')), 'data');
  await writeVolunteers(folder, simulationSettings(await smallStudy([{ use: 'ls' }], { set }))!);
  return folder;
}

/** A study of a data set on disk. */
export const studyOf = (
  folder: string,
  fitters: readonly object[] = [{ use: 'ls-global' }],
  more: readonly string[] = [],
): Promise<VolunteersConfig> => smallStudy(fitters, { data: [`bids: ${JSON.stringify(folder)}`, ...more] });

export const rowsOf = (results: ReadonlyMap<string, CellResult>): Row[] =>
  [...results.values()].flatMap(({ rows }) => rows);

export const notesOf = (results: ReadonlyMap<string, CellResult>): string[] =>
  [...results.values()].flatMap(({ notes = [] }) => notes);
