import type { Cell, CellResult, Experiment, RunContext } from '../../src/contracts/experiment.ts';
import type { SimulatedConfig } from '../simulated/config.ts';
import { boundCell } from './bound-cell.ts';
import { byProtocol, type PhantomConfig } from './config.ts';
import { fitCell } from './fit-cell.ts';
import { prepareCell } from './prepare-cell.ts';
import { timeCell } from './time-cell.ts';

const tasks: Readonly<Record<string, Experiment<SimulatedConfig>['run']>> = {
  prepare: prepareCell,
  fit: fitCell,
  bound: boundCell,
  time: timeCell,
};

/** Does a cell under its protocol, and says which that was where the study has several. */
export async function runCell(cell: Cell, config: PhantomConfig, context: RunContext): Promise<CellResult> {
  const { protocol = '' } = cell.input as { protocol?: string };
  const result = await tasks[cell.task](cell, byProtocol(config).get(protocol)!, context);
  if (protocol === '') return result;
  const rows = result.rows.map((row) => ({ ...row, factors: { protocol, ...row.factors } }));
  return { ...result, rows };
}
