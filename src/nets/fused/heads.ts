import type { Head } from '../engine.ts';
import { exponential } from './exponential.ts';

/** Outputs from the last layer's sums, both [output][column]. */
export function applyHead(
  head: Head,
  sums: Float64Array,
  out: Float64Array,
  outputs: number,
  stride: number,
  columns: number,
): void {
  for (let o = 0; o < outputs; o++) {
    const from = o * stride;
    const to = from + columns;
    if (head.kind === 'linear') for (let j = from; j < to; j++) out[j] = sums[j];
    else if (head.kind === 'abs') for (let j = from; j < to; j++) out[j] = Math.abs(sums[j]);
    else stretchSigmoid(sums, out, from, to, head.low[o], head.high[o]);
  }
}

function stretchSigmoid(
  sums: Float64Array,
  out: Float64Array,
  from: number,
  to: number,
  low: number,
  high: number,
) {
  for (let j = from; j < to; j++) out[j] = low + (high - low) / (1 + exponential(-sums[j]));
}

/** Turns the gradient of the outputs into the gradient of the sums. The slope of |x| at 0 counts as 0. */
export function headGradient(
  head: Head,
  sums: Float64Array,
  gradient: Float64Array,
  outputs: number,
  stride: number,
  columns: number,
): void {
  if (head.kind === 'linear') return;
  for (let o = 0; o < outputs; o++) {
    const from = o * stride;
    const to = from + columns;
    if (head.kind === 'abs') for (let j = from; j < to; j++) gradient[j] *= Math.sign(sums[j]);
    else scaleBySigmoidSlope(gradient, sums, from, to, head.high[o] - head.low[o]);
  }
}

function scaleBySigmoidSlope(
  gradient: Float64Array,
  sums: Float64Array,
  from: number,
  to: number,
  range: number,
) {
  for (let j = from; j < to; j++) {
    const s = 1 / (1 + exponential(-sums[j]));
    gradient[j] *= range * s * (1 - s);
  }
}
