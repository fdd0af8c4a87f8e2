import type { Cell, CellResult, RunContext } from '../../src/contracts/experiment.ts';
import type { PreparedFitter } from '../../src/contracts/fitter.ts';
import { signalColumns } from '../../src/data/signal-columns.ts';
import { signalsAt } from '../../src/data/signals-at.ts';
import { prepared, preparedBefore } from '../simulated/fitter-in-use.ts';
import { firstVoxels, simulate, trainingRecipe } from '../simulated/voxel-sets.ts';
import { underCondition, type TransferConfig } from './config.ts';
import { errorRows } from './error-rows.ts';
import { trainId } from './plan.ts';

interface Carried {
  readonly fitter: string;
  /** Where it was trained, and where it is used. */
  readonly from: string;
  readonly on: string;
  /** Voxels of the latter that it is trained further on; 0 for none. */
  readonly voxels: number;
}

/**
 * Uses a network under a condition that it was not trained under, and holds its errors against those of one that was.
 * It goes on having the b-values it was made for: signals of another protocol are read off at those.
 */
export async function carryCell(
  cell: Cell,
  config: TransferConfig,
  context: RunContext,
): Promise<CellResult> {
  const carried = cell.input as unknown as Carried;
  const { fitter, from, on } = carried;
  const own = await preparedBefore(underCondition(config, on), fitter, context, trainId(fitter, on));
  const ready = await carriedOver(carried, config, context);
  const bValues = signalColumns(underCondition(config, from).protocol.bValues);
  const asTrained: PreparedFitter = {
    fit: (signals, out) => ready.fit(signalsAt(signals, bValues), out),
  };
  const rows = await errorRows(config, carried, asTrained, own);
  ready.dispose?.();
  own.dispose?.();
  return { rows };
}

async function carriedOver(
  { fitter, from, on, voxels }: Carried,
  config: TransferConfig,
  context: RunContext,
): Promise<PreparedFitter> {
  const before = underCondition(config, from);
  if (voxels === 0) return preparedBefore(before, fitter, context, trainId(fitter, from));
  const { signals, truth } = firstVoxels(simulate(trainingRecipe(underCondition(config, on))!), voxels);
  const training = { signals: signalsAt(signals, signalColumns(before.protocol.bValues)), truth };
  const initial = { files: await context.files(trainId(fitter, from)) };
  const { ready } = await prepared(withBatch(before, fitter, voxels), fitter, { initial, training });
  return ready;
}

/** Batches of no more voxels than there are. */
function withBatch<C extends Pick<TransferConfig, 'fitters'>>(config: C, fitter: string, voxels: number): C {
  const fitters = config.fitters.map((entry) => {
    const settings = entry.settings as Readonly<Record<string, unknown>>;
    if (entry.name !== fitter || typeof settings.batch !== 'number') return entry;
    return {
      ...entry,
      settings: { ...settings, batch: Math.min(settings.batch, voxels) },
    };
  });
  return { ...config, fitters };
}
