import type { Cell, CellResult, RunContext } from '../../src/contracts/experiment.ts';
import { interleaveVoxels } from '../../src/data/interleave-voxels.ts';
import { fitTime } from '../../src/metrics/timing/fit-time.ts';
import type { VolunteersConfig } from './config.ts';
import { preparedBefore } from './fitter-in-use.ts';
import type { PrepareInput } from './prepare-cell.ts';
import { volunteersRow } from './rows.ts';
import { regionVoxels } from './session-input.ts';

/** Voxels a timing may use: as many for every fitter, fewer where they are slow. */
const VOXELS = 10_000;

/** Times `fit` alone on one thread, on a mix of the voxels that readers drew in several people. */
export async function timeCell(
  cell: Cell,
  config: VolunteersConfig,
  context: RunContext,
): Promise<CellResult> {
  const { fitter, stage, sessions, prepare } = cell.input as unknown as PrepareInput & { prepare: string };
  const voxels = interleaveVoxels(await regionVoxels(config, context, sessions), VOXELS);
  const ready = await preparedBefore(config, context, {
    fitter,
    group: stage,
    bValues: voxels.bValues,
    cell: prepare,
  });
  const time = await fitTime(ready, voxels);
  const { backend = 'JavaScript' } = ready;
  ready.dispose?.();
  return {
    rows: [
      volunteersRow({
        method: fitter,
        factors: { cpu: context.cpu, backend, threads: 1, stage },
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
