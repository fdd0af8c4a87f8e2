import { plainLines } from './plain-lines.ts';

/** Shows on standard error how far long work is. */
export interface Progress {
  /**
   * Says that something has changed; may be called at any rate.
   * @param lines the state now; called only when it is shown. The first line stands alone where lines cannot be redrawn.
   */
  show(lines: () => readonly string[]): void;
  /** Ends it, and takes away what can be taken away. */
  end(): void;
}

/** Lines that change in place on a terminal, a line now and then elsewhere, nothing where `quiet`. */
export async function openProgress(quiet = false): Promise<Progress> {
  if (quiet) return { show() {}, end() {} };
  const stream = process.stderr;
  const now = () => performance.now();
  if (!canRedraw(stream)) return plainLines({ write: (text) => stream.write(text), now });
  const { statusBlock } = await import('./status-block.ts');
  return statusBlock({ stream, now });
}

/** A terminal that does not know its size, as in some editors, cannot be redrawn. */
const canRedraw = ({ isTTY, columns, rows }: NodeJS.WriteStream): boolean =>
  isTTY && columns > 0 && rows > 0 && process.env['TERM'] !== 'dumb' && !process.env['CI'];
