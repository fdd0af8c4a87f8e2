import type { Cell, CellResult, RunContext } from '../../src/contracts/experiment.ts';
import type { SimulatedConfig } from '../simulated/config.ts';
import { preparationSeed, prepared } from '../simulated/fitter-in-use.ts';
import { phantomRow } from './rows.ts';

/** Trains a fitter, or fits its prior, once for all noise levels, and keeps what it saves. */
export async function prepareCell(
  cell: Cell,
  config: SimulatedConfig,
  context: RunContext,
): Promise<CellResult> {
  const { fitter } = cell.input as { fitter: string };
  const { ready, seconds } = await prepared(config, fitter, { onProgress: context.onProgress });
  const { losses = [], notes = [], backend = 'JavaScript', backendReason } = ready;
  const saved = await ready.save?.();
  ready.dispose?.();
  return {
    rows: [
      phantomRow({
        method: fitter,
        factors: { cpu: context.cpu, backend, threads: 1 },
        metric: 'prepare_s',
        value: seconds,
        unit: 's',
        n: 1,
      }),
      ...losses.map(({ epoch, loss }) =>
        phantomRow({
          method: fitter,
          factors: { epoch },
          metric: 'training_loss',
          value: loss,
          n: config.training?.voxels ?? 0,
        }),
      ),
    ],
    notes,
    facts: { seed: preparationSeed(config, fitter), backend, ...(backendReason ? { backendReason } : {}) },
    ...(saved ? { files: saved.files } : {}),
  };
}
