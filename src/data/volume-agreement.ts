import type { MeasuredProtocol } from './measured-protocol.ts';

/** Volumes of one b-value are suspect if their median signals differ by more than this factor. */
const GROSS = 2;
/** Maximum number of volumes named in one note. */
const NAMED = 6;

/**
 * Reports volumes of one b-value that disagree grossly: a volume may be missing, or a b-value wrong. Compares median signals
 * over voxels with any signal, which noise alone does not change by a factor of two if there is signal to see.
 * @param raw rows x columns, row-major, as measured
 * @param what name of the columns: `volume` or `column`
 */
export function disagreeingVolumes(
  raw: Float64Array,
  { bValues, place, repeats, zeroWithin = 0 }: MeasuredProtocol,
  what: 'volume' | 'column' = 'volume',
): string[] {
  const columns = place.length;
  if (repeats.every((count) => count < 2)) return [];
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
  return notes;
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
