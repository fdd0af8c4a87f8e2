import { join } from 'node:path';
import type { TestVoxels } from '../contracts/experiment.ts';
import { InputError } from '../contracts/input-error.ts';
import type { Row } from '../contracts/metric.ts';
import { PARAMETERS, type ParameterName, type Parameters } from '../contracts/voxels.ts';
import { estimatesFromNpy } from '../data/estimates-npy.ts';
import { configDifferences } from '../gate/config-differences.ts';
import { gatedValueKey } from '../gate/gated-value.ts';
import type { PairedErrors } from '../gate/paired/compare-errors.ts';
import { RMSE } from '../measures/errors.ts';
import { missingResults } from './missing-results.ts';
import { loadExperiment } from '../plugins/discover.ts';
import { keptName } from '../plugins/kept-name.ts';
import { CellStore, DamagedCell } from '../runner/cell-store.ts';
import type { RunRecord } from '../runner/run-record.ts';
import { CELLS_FOLDER, readRunRecord } from '../runner/stored-run.ts';

/** Stored estimates of one fitter at one setting. */
interface KeptFit extends Pick<Row, 'method' | 'factors'> {
  readonly parameters: readonly ParameterName[];
  readonly estimates: () => Promise<Parameters>;
  /** The voxels that were fitted. */
  readonly voxels: TestVoxels;
}

export interface PairedRuns {
  readonly errors: readonly PairedErrors[];
  /** Fitters that only one of the runs has, at some setting. */
  readonly alone: readonly string[];
  /** What each of the runs lacks, a line each. */
  readonly missing: readonly string[];
}

const ESTIMATES = 'estimates.npy';

/**
 * Computes the errors of two runs on the same simulated voxels.
 * @throws InputError if a folder holds no suitable run, or the voxels are not the same
 */
export async function pairedErrors(dirs: readonly [string, string]): Promise<PairedRuns> {
  const records = await Promise.all(dirs.map(readRunRecord));
  const [first, second] = await Promise.all(dirs.map((dir, i) => keptFits(dir, records[i])));
  const shared = [...first.keys()].filter((key) => second.has(key));
  if (shared.length === 0) throw new InputError(`${dirs[0]} and ${dirs[1]} have no fit in common`);
  const errors: PairedErrors[] = [];
  for (const key of shared) errors.push(...(await errorsOfBoth(first.get(key)!, second.get(key)!, dirs)));
  const alone = [...first, ...second].filter(([key]) => !shared.includes(key));
  const missing = dirs.flatMap((dir, i) => missingResults(records[i].cells).map((what) => `${dir}: ${what}`));
  return { errors, alone: [...new Set(alone.map(([, { method }]) => method))], missing };
}

/**
 * Returns the fits of a run with stored estimates, by fitter and setting.
 * @throws InputError if the result of a finished cell is damaged or missing: nobody knows what it had
 */
async function keptFits(
  dir: string,
  { experiment, config, cellList }: RunRecord,
): Promise<Map<string, KeptFit>> {
  const { value } = await loadExperiment(keptName(experiment, `${dir}: run.json: experiment`));
  const sets = value.testVoxels?.(config) ?? [];
  const store = new CellStore(join(dir, CELLS_FOLDER));
  const kept = new Map<string, KeptFit>();
  for (const { id, key } of cellList.filter(({ state }) => state === 'done')) {
    const found = await store.find(key);
    if (found.state !== 'stored') {
      const why = found.state === 'damaged' ? `is damaged (${found.why})` : 'is missing';
      throw new InputError(`${dir}: ${id}: its stored result ${why}; run its config again`);
    }
    const { cell } = found;
    const row = cell.rows.find(({ metric }) => metric === RMSE.name);
    if (!cell.files.includes(ESTIMATES) || !row) continue;
    const { method, factors, experiment } = row;
    const voxels = sets.find((set) =>
      Object.entries(set.factors).every(([name, level]) => factors[name] === level),
    );
    if (!voxels) continue;
    kept.set(gatedValueKey({ experiment, method, factors, parameter: '', metric: '' }), {
      method,
      factors,
      parameters: PARAMETERS.filter((name) => cell.rows.some(({ parameter }) => parameter === name)),
      estimates: () => estimatesIn(store, key, `${dir}: ${cell.id}`),
      voxels,
    });
  }
  if (kept.size === 0) throw new InputError(`${dir} holds no estimates of simulated voxels`);
  return kept;
}

async function errorsOfBoth(
  a: KeptFit,
  b: KeptFit,
  [first, second]: readonly [string, string],
): Promise<PairedErrors[]> {
  const [difference] = configDifferences(a.voxels.recipe, b.voxels.recipe);
  if (difference) {
    const { path, accepted, found } = difference;
    throw new InputError(
      `${first} and ${second} fitted other voxels: ${path} is ${JSON.stringify(accepted)} in one and ${JSON.stringify(found)} in the other`,
    );
  }
  const { truth } = a.voxels.simulate();
  const [one, other] = await Promise.all([a.estimates(), b.estimates()]);
  return PARAMETERS.filter((name) => a.parameters.includes(name)).map((parameter) => ({
    fitter: a.method,
    factors: a.factors,
    parameter,
    first: errorsOf(one[parameter], truth[parameter]),
    second: errorsOf(other[parameter], truth[parameter]),
  }));
}

/** Reads the estimates of a cell. @throws InputError if they differ from their digest */
async function estimatesIn(store: CellStore, key: string, where: string): Promise<Parameters> {
  try {
    return estimatesFromNpy(await store.file(key, ESTIMATES));
  } catch (error) {
    if (!(error instanceof DamagedCell)) throw error;
    throw new InputError(`${where}: ${error.message}; run its config again`, { cause: error });
  }
}

const errorsOf = (estimates: Float64Array, truth: Float64Array): Float64Array =>
  truth.map((value, i) => estimates[i] - value);
