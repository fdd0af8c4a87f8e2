/** Least time between two lines where they can't be overwritten, and where they can. */
const PLAIN_MS = 10_000;
const TERMINAL_MS = 200;

export interface ProgressLine {
  /** @param done 0..1 */
  show(done: number, message: string): void;
  /** Clears the line, so that something else can be written. */
  clear(): void;
}

/** Says on a stream how far long work is: one line rewritten on a terminal, a new line now and then elsewhere. */
export function progressLine(stream: NodeJS.WriteStream): ProgressLine {
  const wait = stream.isTTY ? TERMINAL_MS : PLAIN_MS;
  let last = performance.now();
  let shown = false;
  const clear = () => {
    if (shown) stream.write('\r\x1b[K');
    shown = false;
  };
  return {
    show(done, message) {
      const now = performance.now();
      if (now - last < wait) return;
      last = now;
      const text = `${Math.floor(100 * done)} % ${message}`;
      if (!stream.isTTY) return void stream.write(text + '\n');
      clear();
      stream.write(text);
      shown = true;
    },
    clear,
  };
}
