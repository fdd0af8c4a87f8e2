import { KURTOSIS_FROM } from '../signal/b-values.ts';
import type { MeasuredProtocol } from './measured-protocol.ts';

/** Maximum number of b-values in one note. */
const NAMED = 24;

/**
 * Returns notes on the b-values that were read, and a warning if they exceed the range of the model.
 * @param listed whether to list the b-values; the columns of a table already name them
 */
export function bValueNotes({ bValues, repeats }: MeasuredProtocol, listed: boolean): string[] {
  const notes: string[] = [];
  if (listed) {
    const words = Array.from(bValues, (b, k) => (repeats[k] > 1 ? `${b} (${repeats[k]} times)` : `${b}`));
    const more = words.length > NAMED ? ` … and ${words.length - NAMED} more` : '';
    notes.push(`b-values in s/mm²: ${words.slice(0, NAMED).join(', ')}${more}`);
  }
  const largest = bValues[bValues.length - 1];
  if (largest > KURTOSIS_FROM) {
    notes.push(
      `b-values go up to ${largest} s/mm²: above about ${KURTOSIS_FROM} tissue decays more slowly than the bi-exponential model ` +
        '(kurtosis), and D is underestimated',
    );
  }
  return notes;
}
