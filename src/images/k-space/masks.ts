import { InputError } from '../../contracts/input-error.ts';
import { QuickRandom } from '../../random/quick-random.ts';

export interface MaskOptions {
  /** Lines there are, and how many times fewer are measured. */
  readonly lines: number;
  readonly acceleration: number;
  /** Lines about the middle that are all measured. */
  readonly center: number;
  readonly seed: number;
}

/**
 * Which lines of k-space are measured: all of a centre, and others at random without repetition, with a density that falls as (1 - r)² with the
 * distance r from the middle, from 0 to 1 at the edge (Lustig, Donoho and Pauly, Magn Reson Med 2007;58:1182, with power 2). Exactly
 * round(lines / acceleration) are.
 *
 * @returns 1 for a line that is measured, else 0
 * @throws InputError where the centre alone has more lines than that
 */
export function variableDensityLines({ lines, acceleration, center, seed }: MaskOptions): Uint8Array {
  const wanted = Math.round(lines / acceleration);
  if (center > wanted) {
    throw new InputError(
      `${wanted} of ${lines} lines are measured at an acceleration of ${acceleration}, fewer than the ${center} of the centre`,
    );
  }
  const mask = new Uint8Array(lines);
  const middle = Math.floor(lines / 2);
  const first = middle - Math.floor(center / 2);
  mask.fill(1, first, first + center);
  const random = new QuickRandom(seed);
  // Keys u^(1 / w), the largest of which are a weighted sample without repetition (Efraimidis and Spirakis 2006), as log(u) / w.
  const keys: { line: number; key: number }[] = [];
  for (let line = 0; line < lines; line++) {
    const distance = Math.abs(line - middle) / (middle + 1);
    const key = Math.log(1 - random.uniform()) / (1 - distance) ** 2;
    if (mask[line] === 0) keys.push({ line, key });
  }
  keys.sort((a, b) => b.key - a.key);
  for (const { line } of keys.slice(0, wanted - center)) mask[line] = 1;
  return mask;
}
