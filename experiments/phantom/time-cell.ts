import type { Cell, CellResult, RunContext } from '../../src/contracts/experiment.ts';
import { calibrationTime } from '../../src/metrics/timing/calibration-time.ts';
import { fitTime } from '../../src/metrics/timing/fit-time.ts';
import type { SimulatedConfig } from '../simulated/config.ts';
import { preparedBefore } from '../simulated/fitter-in-use.ts';
import { phantomRow } from './rows.ts';
import { timingMix } from '../simulated/voxel-sets.ts';

/** Voxels a timing may use: as many for every fitter, fewer where they are slow. */
const VOXELS = 10_000;

/** Times `fit` alone on one thread, on a mix of the voxels of all noise levels. */
export async function timeCell(
  cell: Cell,
  config: SimulatedConfig,
  context: RunContext,
): Promise<CellResult> {
  const { fitter } = cell.input as { fitter: string };
  const ready = await preparedBefore(config, fitter, context, cell.needs[0]);
  const time = await fitTime(ready, timingMix(config, VOXELS));
  const { backend = 'JavaScript' } = ready;
  ready.dispose?.();
  const setting = { method: fitter, factors: { cpu: context.cpu, backend, threads: 1 } };
  return {
    rows: [
      phantomRow({ ...setting, metric: 'calibration_us', value: calibrationTime(), unit: 'µs', n: 1 }),
      phantomRow({
        ...setting,
        metric: 'fit_us_per_voxel',
        value: time.median,
        ciLow: time.fastest,
        ciHigh: time.slowest,
        unit: 'µs',
        n: time.voxels,
      }),
    ],
  };
}
