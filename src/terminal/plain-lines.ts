import { oneLine } from '../wording/visible-text.ts';
import type { Progress } from './progress.ts';

/** Time between two lines, for logs and pipes. */
const BETWEEN_MS = 10_000;

interface Log {
  readonly write: (text: string) => void;
  /** Milliseconds. */
  readonly now: () => number;
}

/** A line now and then, where lines cannot be redrawn. */
export function plainLines({ write, now }: Log): Progress {
  let last = now();
  return {
    show(lines) {
      const time = now();
      if (time - last < BETWEEN_MS) return;
      last = time;
      write(`${oneLine(lines()[0])}\n`);
    },
    end() {},
  };
}
