import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Row } from '../../src/contracts/metric.ts';
import { readStoredRun } from '../../src/runner/stored-run.ts';

/** A study of a moment with a training, files beside results, and cells that need others. */
const STUDY = `experiment: phantom
protocol: barbieri-2020
data: { voxels: 20, S0: 1500, noise: { snr: [50, 20] }, tissue: { D: { constant: 0.001 }, f: { constant: 0.2 }, Dp: { constant: 0.05 } } }
training: { voxels: 2048, noise: { sigma: { constant: 75 } } }
statistics: { resamples: 20 }
timing: { warmUpMs: 0, repeats: 3 }
fitters: [segmented, ls-global, { use: dnn, epochs: 4 }]
`;

/** Writes the config of the study into a folder and returns its path. */
export function writeStudy(folder: string): string {
  const config = join(folder, 'study.yaml');
  writeFileSync(config, STUDY);
  return config;
}

/** What two runs of the study have in common: all rows but times. */
export async function answersOf(dir: string): Promise<string> {
  const isTime = ({ metric }: Row) => /_s$|_us$|_us_per_voxel|relative/.test(metric);
  const { rows } = await readStoredRun(dir);
  return rows
    .filter((row) => !isTime(row))
    .map((row) => JSON.stringify(row))
    .sort()
    .join('\n');
}

/** All files that the store keeps of a run's cells. */
export function storedFiles(dir: string): string[] {
  const cells = join(dir, 'cells');
  if (!existsSync(cells)) return [];
  return readdirSync(cells, { recursive: true, encoding: 'utf8' })
    .map((file) => join(cells, file))
    .filter((file) => statSync(file).isFile() && !file.endsWith('published.json'));
}

/** The table of all rows, without the lines of times. */
export function tablesOf(dir: string): string {
  const lines = readFileSync(join(dir, 'tables', 'metrics.csv'), 'utf8').split('\n');
  return lines.filter((line) => !/_s,|_us,|_us_per_voxel|relative/.test(line)).join('\n');
}
