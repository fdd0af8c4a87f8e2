import { progressLine, type Progress } from './progress.ts';

/** A line now and then, for logs and pipes. */
export function plainProgress(write: (text: string) => void, betweenLinesMs = 5000): Progress {
  let last = performance.now();
  return {
    update(view) {
      if (performance.now() - last < betweenLinesMs) return;
      last = performance.now();
      write(`${progressLine(view)}\n`);
    },
    async end() {},
  };
}
