/**
 * A time in the unit people use for it: `0.85 µs`, `1.5 ms`, `8 s`, `2 min 10 s`, `1 h 5 min`. Two digits below ten seconds, whole
 * seconds and minutes above.
 * @param seconds not negative
 */
export function duration(seconds: number): string {
  // Where two digits round up to the next unit, that unit is written.
  for (const [unit, size] of SHORT) {
    const value = Number((seconds / size).toPrecision(2));
    if (value < (size === 1 ? 10 : 1000)) return `${value} ${unit}`;
  }
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

const SHORT = [
  ['µs', 1e-6],
  ['ms', 1e-3],
  ['s', 1],
] as const;
