import type { MeasuredProtocol } from './measured-protocol.ts';

/** Volumes of one b-value are suspect if their median signals differ by more than this factor. */
const GROSS = 2;
/** Maximum number of volumes named in one note. */
const NAMED = 6;

/**
 * Reports volumes of one b-value that disagree grossly, and signals that rise with b: a volume may be missing, or a b-value
 * wrong. Compares median signals over voxels with any signal, which noise alone does not change much if there is signal to see.
 * @param raw rows x columns, row-major, as measured
 * @param what name of the columns: `volume` or `column`
 */
export function disagreeingVolumes(
  raw: Float64Array,
  { bValues, place, repeats, zeroWithin = 0 }: MeasuredProtocol,
  what: 'volume' | 'column' = 'volume',
): string[] {
  const columns = place.length;
  const medians = mediansOf(raw, columns, zeroWithin);
  const notes: string[] = [];
  repeats.forEach((count, k) => {
    if (count < 2) return;
    const members = [...place.keys()].filter((c) => place[c] === k);
    const levels = members.map((c) => medians[c]).sort((a, b) => a - b);
    const middle = count === 2 ? NaN : levels[count >> 1];
    const isFar = (level: number) => !(level * GROSS >= middle && level <= middle * GROSS);
    const [least, most] = [levels[0], levels[count - 1]];
    if (!(most > GROSS * least)) return;
    const odd = members.filter((c) => count === 2 || isFar(medians[c]));
    const named = odd.slice(0, NAMED).map((c) => `${c + 1} (median ${Number(medians[c].toPrecision(3))})`);
    const more = odd.length > NAMED ? ` and ${odd.length - NAMED} more` : '';
    const others = count > 2 ? `, the others are around ${Number(middle.toPrecision(3))}` : '';
    notes.push(
      `${what}s of b=${bValues[k]} disagree by more than a factor of ${GROSS}: ${what} ${named.join(', ')}${more}${others}; ` +
        `was a ${what} lost, or its b-value mistaken?`,
    );
  });
  if (notes.length === 0) notes.push(...risingSignal(medians, { bValues, place, repeats }, what));
  return notes;
}

/** By this factor, a median above that at the lowest b-value is neither noise nor motion. */
const RISES = 1.3;

/** Reports signals that rise with b, as they do if volumes and b-values are in different orders, or b=0 was lost. */
function risingSignal(
  medians: readonly number[],
  { bValues, place, repeats }: Pick<MeasuredProtocol, 'bValues' | 'place' | 'repeats'>,
  what: string,
): string[] {
  const means = Array.from(repeats, (count, k) =>
    [...place.keys()].reduce((sum, c) => sum + (place[c] === k ? medians[c] / count : 0), 0),
  );
  const lowest = repeats.findIndex((count) => count > 0);
  const most = means.indexOf(Math.max(...means));
  if (!(means[most] > RISES * means[lowest])) return [];
  const level = (k: number) => Number(means[k].toPrecision(3));
  return [
    `the signal does not fall from the lowest b-value on: its median is ${level(lowest)} at b=${bValues[lowest]} and ` +
      `${level(most)} at b=${bValues[most]}; are ${what}s and b-values in the same order, and is b=0 complete?`,
  ];
}

/** Returns the median signal of every column over the rows that have a signal in any. */
function mediansOf(raw: Float64Array, columns: number, zeroWithin: number): number[] {
  const rows = raw.length / columns;
  const lit: number[] = [];
  for (let i = 0; i < rows; i++) {
    const row = raw.subarray(i * columns, (i + 1) * columns);
    if (row.every(Number.isFinite) && row.some((value) => Math.abs(value) > zeroWithin)) lit.push(i);
  }
  return Array.from({ length: columns }, (_, c) => {
    const sorted = Float64Array.from(lit, (i) => raw[i * columns + c]).sort();
    return sorted[sorted.length >> 1] ?? 0;
  });
}
