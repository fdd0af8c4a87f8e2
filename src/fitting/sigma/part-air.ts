import { airLevel } from '../../data/air-level.ts';
import type { MeasuredProtocol } from '../../data/measured-protocol.ts';
import type { MeasuredRows } from './sample-measured.ts';

/** In a scan without a mask, this fraction of the voxels, the brightest ones, represents the body. */
const BRIGHTEST = 0.05;

/** Rows of tissue inside the mask, and rows of air inside and outside; rows without any signal at b=0 are neither. */
export interface PartedRows {
  readonly tissue: readonly number[];
  readonly airInside: readonly number[];
  readonly airOutside: readonly number[];
  /** Median signal of the tissue at b=0; NaN if there is none. */
  readonly tissueAtZero: number;
}

/** Separates tissue from air by the signal at b=0. */
export function partAir(inside: MeasuredRows, outside: MeasuredRows, protocol: MeasuredProtocol): PartedRows {
  const { zeroWithin = 0 } = protocol;
  const b0 = signalsAtZero(inside, protocol);
  const lit = Uint32Array.from(b0.keys()).filter((i) => b0[i] > zeroWithin && b0[i] < Infinity);
  const body =
    outside.n > 0 ? lit : lit.sort((i, j) => b0[j] - b0[i]).slice(0, Math.ceil(BRIGHTEST * lit.length));
  const level = airLevel(b0, [body]);
  const isAir = (signal: number) => signal > zeroWithin && signal < level;
  const tissue = indices(b0, (signal) => signal > zeroWithin && signal >= level && signal < Infinity);
  return {
    tissue,
    tissueAtZero: Float64Array.from(tissue, (i) => b0[i]).sort()[tissue.length >> 1] ?? NaN,
    airInside: indices(b0, isAir),
    airOutside: indices(signalsAtZero(outside, protocol), isAir),
  };
}

function indices(values: Float64Array, matches: (value: number) => boolean): number[] {
  return [...values.keys()].filter((i) => matches(values[i]));
}

/** 1 if the rows were already divided by it. */
function signalsAtZero({ n, values }: MeasuredRows, { place, repeats }: MeasuredProtocol): Float64Array {
  const columns = place.length;
  const zero = [...place.keys()].filter((c) => place[c] === 0);
  return Float64Array.from({ length: n }, (_, i) =>
    repeats[0] === 0 ? 1 : zero.reduce((sum, c) => sum + values[i * columns + c], 0) / repeats[0],
  );
}
