/** Number of elements in the loop: small enough for the L1 cache. */
const LENGTH = 1000;
const REPEATS = 15;
const CALLS = 20;

/**
 * Measures the time in microseconds of a fixed loop of a thousand exponentials and multiply-adds. Measured in the same process
 * as a fitter, it distinguishes a slower fitter from a slower machine. Returns the minimum over repeats, since other load only
 * adds time.
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
  // Never true, but it keeps the compiler from removing the loop.
  if (sink === 0) throw new Error('the loop gave nothing');
  return (1000 * least) / CALLS;
}

function loop(x: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i] * Math.exp(-x[i]);
  return sum;
}
