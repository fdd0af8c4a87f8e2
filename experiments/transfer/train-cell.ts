import type { Cell, CellResult, RunContext } from '../../src/contracts/experiment.ts';
import { prepared } from '../simulated/fitter-in-use.ts';
import { underCondition, type TransferConfig } from './config.ts';
import { errorRows } from './error-rows.ts';

/** Trains a network under one condition, keeps it, and measures its errors there. */
export async function trainCell(
  cell: Cell,
  config: TransferConfig,
  context: RunContext,
): Promise<CellResult> {
  const { fitter, on } = cell.input as { fitter: string; on: string };
  const { ready } = await prepared(underCondition(config, on), fitter, { onProgress: context.onProgress });
  const saved = await ready.save?.();
  const rows = await errorRows(config, { fitter, from: on, on }, ready);
  const { notes = [] } = ready;
  ready.dispose?.();
  return { rows, notes, ...(saved ? { files: saved.files } : {}) };
}
