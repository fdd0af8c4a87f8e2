import { join, resolve } from 'node:path';
import type { Study } from '../contracts/study.ts';
import { forecast, type CellForecast } from '../runner/forecast.ts';
import { machineId, thisMachine } from '../runner/machine.ts';
import { programVersions } from '../runner/program-versions.ts';
import { planRun, type RunOptions } from '../runner/run-cells.ts';
import { CELLS_FOLDER } from '../runner/stored-run.ts';
import { printJson, printResult } from '../terminal/print.ts';
import { counted } from '../wording/counted.ts';
import { oneLine } from '../wording/visible-text.ts';

/** Prints what a run would do with each of its cells, and why. Runs none of them. */
export async function printForecast(study: Study, options: RunOptions, json: boolean): Promise<number> {
  const { planned } = await planRun(study, options);
  const dir = resolve(options.out);
  const writer = {
    machine: machineId(thisMachine()),
    versions: programVersions(),
    store: join(dir, CELLS_FOLDER),
  };
  const cells = await forecast(planned, dir, writer, options.fresh);
  if (json) printJson(cells);
  else printResult([...cells.map(lineOf), summary(cells)].map(oneLine).join('\n'));
  return 0;
}

/** `changed  fit map snr=20: data.noise, src/fitters/map.ts` */
function lineOf({ id, outcome, reasons }: CellForecast): string {
  return `${outcome.padEnd(7)}  ${id}${reasons.length > 0 ? `: ${reasons.join(', ')}` : ''}`;
}

function summary(cells: readonly CellForecast[]): string {
  const count = (outcome: CellForecast['outcome']) => cells.filter((cell) => cell.outcome === outcome).length;
  return `${counted(cells.length, 'cell')}: ${count('stored')} stored, ${count('new')} new, ${count('changed')} changed`;
}
