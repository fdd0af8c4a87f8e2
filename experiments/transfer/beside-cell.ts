import type { Cell, CellResult, RunContext } from '../../src/contracts/experiment.ts';
import { prepared, preparedBefore } from '../simulated/fitter-in-use.ts';
import { underCondition, type TransferConfig } from './config.ts';
import { errorRows } from './error-rows.ts';
import { trainId } from './plan.ts';

/** Uses a fitter that needs no training, and holds its errors against those of the network trained under that condition. */
export async function besideCell(
  cell: Cell,
  config: TransferConfig,
  context: RunContext,
): Promise<CellResult> {
  const { fitter, on, network } = cell.input as { fitter: string; on: string; network: string };
  const own = await preparedBefore(underCondition(config, on), network, context, trainId(network, on));
  const { ready } = await prepared(underCondition(config, on), fitter);
  const rows = await errorRows(config, { fitter, on }, ready, own);
  ready.dispose?.();
  own.dispose?.();
  return { rows };
}
