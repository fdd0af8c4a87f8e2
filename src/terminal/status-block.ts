import type { WriteStream } from 'node:tty';
import cliTruncate from 'cli-truncate';
import { createLogUpdate } from 'log-update';
import { oneLine } from '../wording/visible-text.ts';
import { hideBeforePrinting } from './print.ts';
import type { Progress } from './progress.ts';

/** Least time between two redraws: at most five a second. */
const REDRAW_MS = 200;

export interface Screen {
  readonly stream: NodeJS.WritableStream & Pick<WriteStream, 'columns' | 'rows'>;
  /** Milliseconds. */
  readonly now: () => number;
}

/**
 * Lines at the end of a terminal that are redrawn in place, cut to its width and height. The cursor stays visible, so that
 * nothing has to bring it back.
 */
export function statusBlock({ stream, now }: Screen): Progress {
  const draw = createLogUpdate(stream, { showCursor: true });
  let lines: (() => readonly string[]) | undefined;
  let drawn = now();
  let due: NodeJS.Timeout | undefined;

  const redraw = () => {
    clearTimeout(due);
    due = undefined;
    drawn = now();
    if (lines) draw(fitted(lines(), stream).join('\n'));
  };
  const end = () => {
    clearTimeout(due);
    lines = undefined;
    draw.clear();
    hideBeforePrinting(undefined);
  };
  hideBeforePrinting(() => draw.clear());
  return {
    show(state) {
      lines = state;
      const wait = drawn + REDRAW_MS - now();
      // Work that blocks this thread lets no timer fire: the time is looked at here too.
      if (wait <= 0) redraw();
      else due ??= setTimeout(redraw, wait).unref();
    },
    end,
  };
}

/** As many lines as there is room for above the line of the cursor, the last one counting the others. */
function fitted(lines: readonly string[], { columns, rows }: Screen['stream']): string[] {
  const room = Math.max(1, rows - 1);
  const shown =
    lines.length <= room
      ? lines
      : [...lines.slice(0, room - 1), `and ${lines.length - room + 1} more`].slice(0, room);
  // A wide character at the end may reach one column further than asked for.
  return shown.map((line) => cliTruncate(oneLine(line), Math.max(1, columns - 1)));
}
