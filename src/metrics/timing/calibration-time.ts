/** Elements of the loop: small enough for the nearest cache. */
const LENGTH = 1000;
const REPEATS = 15;
const CALLS = 20;

/**
 * Time in microseconds of a loop that always does the same: a thousand exponentials and multiply-adds. Measured beside a fitter in one
 * process, it tells a slower fitter from a slower machine. The least of some repeats, as other work only ever adds.
 */
export function calibrationTime(): number {
  const x = Float64Array.from({ length: LENGTH }, (_, i) => i / LENGTH);
  let least = Infinity;
  let sink = 0;
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    const start = performance.now();
    for (let call = 0; call < CALLS; call++) sink += loop(x);
    least = Math.min(least, performance.now() - start);
  }
  // Never: but a compiler that knows so may not leave the loop out.
  if (sink === 0) throw new Error('the loop gave nothing');
  return (1000 * least) / CALLS;
}

function loop(x: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i] * Math.exp(-x[i]);
  return sum;
}
