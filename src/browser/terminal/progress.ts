import type { Progress } from '../../terminal/progress.ts';
import { printProgress } from './print.ts';

/** Time between two updates, so that they don't fill the queue of messages. */
const BETWEEN_MS = 50;

/** Passes on how far the work is, at a bounded rate. */
export async function openProgress(): Promise<Progress> {
  let last = -Infinity;
  return {
    show(lines) {
      const now = performance.now();
      if (now - last < BETWEEN_MS) return;
      last = now;
      printProgress(lines()[0]);
    },
    end() {},
  };
}
