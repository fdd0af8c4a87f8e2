const COARSE = [1];
const USUAL = [1, 2, 5];
const CLOSER = [1, 2, 3, 5, 7];
const FINE = [1, 1.5, 2, 3, 4, 5, 6, 7, 8, 9];

/**
 * Ticks for a logarithmic axis over a range of positive numbers: 1, 2, 5 of every decade; only powers of ten where that
 * is too many; closer steps where the range is too short for three, and at last its ends.
 */
export function logTicks(low: number, high: number, most = 9): number[] {
  const usual = ticks(USUAL, low, high);
  if (usual.length > most) return ticks(COARSE, low, high);
  if (usual.length > 2) return usual;
  for (const steps of [CLOSER, FINE]) {
    const closer = ticks(steps, low, high);
    if (closer.length > 2 && closer.length <= most) return closer;
  }
  if (usual.length > 1) return usual;
  const fine = ticks(FINE, low, high);
  return fine.length > 1 ? fine : [...new Set([low, high].map((end) => Number(end.toPrecision(3))))];
}

function ticks(steps: readonly number[], low: number, high: number): number[] {
  const found: number[] = [];
  for (let decade = Math.floor(Math.log10(low)); decade <= Math.ceil(Math.log10(high)); decade++) {
    for (const step of steps) {
      const tick = Number(`${step}e${decade}`);
      if (tick >= low * (1 - 1e-9) && tick <= high * (1 + 1e-9)) found.push(tick);
    }
  }
  return found;
}
