import { InputError } from '../contracts/input-error.ts';
import { accept, type GatedRun } from '../gate/accept.ts';
import { keepValues, withoutFitters } from '../gate/keep-values.ts';
import { GATED_METRICS } from '../gate/gated-metric.ts';
import { judgeRun } from '../gate/judge-run.ts';
import type { Reference } from '../gate/reference.ts';
import { updateText } from '../gate/format/update-text.ts';
import { writeReference } from './accepted-values.ts';
import { printMessage, printResult } from '../terminal/print.ts';
import { counted, oneOrMore } from '../wording/counted.ts';

export interface UpdateOptions {
  readonly name: string;
  /** The run or config, and the file of accepted values. */
  readonly target: string;
  readonly against: string;
  /** Fitters of the config that were not selected: their accepted values are kept. */
  readonly leftOut: readonly string[];
}

/**
 * Accepts the values of a run and reports what that changes.
 * @returns the exit code: 1 if the run is incomplete, and nothing is accepted
 */
export async function updateReference(
  run: GatedRun,
  known: Reference | null,
  { name, target, against, leftOut }: UpdateOptions,
): Promise<number> {
  const accepted = accept(run, name, new Date().toISOString());
  if (accepted.values.length === 0)
    throw new InputError(
      `${target} has no values to accept: the gate compares ${[...GATED_METRICS.keys()].join(', ')}`,
    );
  const { planned, done } = run.manifest.cells;
  if (done < planned) {
    const left = planned - done;
    printMessage(
      `failed: not accepted: ${left} of ${counted(planned, 'cell')} of the run ${oneOrMore(left, 'is', 'are')} not done`,
    );
    for (const { id, message } of run.manifest.cells.failed) printMessage(`failed: ${id}: ${message}`);
    return 1;
  }
  const changes = known && whatChanges(run, withoutFitters(known, leftOut), { target, against });
  const all = known ? keepValues(accepted, known, leftOut) : accepted;
  const text = updateText(against, accepted, changes, all.kept);
  await writeReference(against, all);
  printResult(text);
  return 0;
}

/** Returns null if the previous values are of another config and can't be compared. */
function whatChanges(
  run: GatedRun,
  known: Reference,
  { target, against }: Pick<UpdateOptions, 'target' | 'against'>,
) {
  try {
    return judgeRun(run, known, { run: target, against });
  } catch (error) {
    if (error instanceof InputError) return null;
    throw error;
  }
}
