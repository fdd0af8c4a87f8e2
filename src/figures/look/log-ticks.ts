const STEPS = [1, 2, 5];

/**
 * Ticks for a logarithmic axis: 1, 2, 5 of every decade that a range of positive numbers touches; only the powers of
 * ten where that would be more than `most`.
 */
export function logTicks(low: number, high: number, most = 9): number[] {
  const ticks = (steps: readonly number[]) => {
    const found: number[] = [];
    for (let decade = Math.floor(Math.log10(low)); decade <= Math.ceil(Math.log10(high)); decade++) {
      for (const step of steps) {
        const tick = Number(`${step}e${decade}`);
        if (tick >= low * (1 - 1e-9) && tick <= high * (1 + 1e-9)) found.push(tick);
      }
    }
    return found;
  };
  const fine = ticks(STEPS);
  return fine.length <= most ? fine : ticks([1]);
}
