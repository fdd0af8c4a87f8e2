/**
 * A time in the unit people use for it: `0.85 µs`, `1.5 ms`, `8 s`, `2 min 10 s`, `1 h 5 min`. Two or three digits below ten
 * seconds, whole seconds and minutes above.
 * @param seconds not negative
 */
export function duration(seconds: number): string {
  for (const [unit, size, most] of SHORT) {
    const exact = seconds / size;
    const value = Number(exact.toPrecision(exact < 99.5 ? 2 : 3));
    if (value < most) return `${value} ${unit}`;
  }
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

const SHORT = [
  ['µs', 1e-6, 1000],
  ['ms', 1e-3, 1000],
  ['s', 1, 10],
] as const;
