import { progressLine, type Progress } from './progress.ts';

const BETWEEN_LINES_MS = 5000;

/** A line now and then, for logs and pipes. */
export function plainProgress(write: (text: string) => void): Progress {
  let last = performance.now();
  return {
    update(view) {
      if (performance.now() - last < BETWEEN_LINES_MS) return;
      last = performance.now();
      write(`${progressLine(view)}\n`);
    },
    async end() {},
  };
}
