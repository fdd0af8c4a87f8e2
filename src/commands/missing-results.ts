import type { RunManifest } from '../contracts/stored-run.ts';
import { printMessage } from '../terminal/print.ts';
import { counted, oneOrMore } from '../wording/counted.ts';

/** Cells that a message names. */
const NAMED = 10;

/**
 * Says what a stored run lacks: results that can't be read, cells that failed and cells that were not done.
 * @returns a line for each kind; none for a complete run
 */
export function missingResults({ planned, done, failed, lost = [] }: RunManifest['cells']): string[] {
  const waiting = planned - done - failed.length - lost.length;
  const of = `of ${counted(planned, 'cell')}`;
  return [
    ...(lost.length > 0
      ? [`the stored results of ${lost.length} ${of} can't be read: ${named(lost)}; ${repeat(lost)}`]
      : []),
    ...(failed.length > 0
      ? [`${failed.length} ${of} failed: ${named(failed.map(({ id }) => id))}; ${repeat(failed)}`]
      : []),
    ...(waiting > 0
      ? [
          `${waiting} ${of} ${oneOrMore(waiting, 'is', 'are')} not done; start the same run again to resume it`,
        ]
      : []),
  ];
}

/**
 * Prints what stored runs lack, as a failure unless the user expects it.
 * @returns the exit code
 */
export function sayMissing(
  lines: readonly string[],
  { allowIncomplete = false }: { readonly allowIncomplete?: boolean | undefined },
): 0 | 1 {
  for (const line of lines) printMessage(`${allowIncomplete ? 'note' : 'failed'}: ${line}`);
  return lines.length === 0 || allowIncomplete ? 0 : 1;
}

const repeat = ({ length }: readonly unknown[]): string =>
  `start the same run again to repeat ${oneOrMore(length, 'it', 'them')}`;

function named(ids: readonly string[]): string {
  const more = ids.length - NAMED;
  return `${ids.slice(0, NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
