/** The largest number of ticks. */
const MOST = 6;

/** Returns round numbers from `low` to `high` for an axis. */
export function ticksOf(low: number, high: number, log: boolean): number[] {
  if (log) {
    const all: number[] = [];
    for (let power = Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); power++) {
      for (const digit of [1, 2, 5]) all.push(Number(`${digit}e${power}`));
    }
    const within = all.filter((tick) => tick >= low && tick <= high);
    return within.length <= MOST
      ? within
      : within.filter((tick) => String(tick).replace(/[0.]|e.*$/g, '') === '1');
  }
  const rough = (high - low) / MOST;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((digit) => digit * power).find((each) => each >= rough)!;
  const first = Math.ceil(low / step);
  const count = Math.floor(high / step) - first + 1;
  return Array.from({ length: count }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}
