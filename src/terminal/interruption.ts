import { printMessage } from './print.ts';

/** Signals that ask the program to stop, and the exit codes that shells have for them. */
const EXIT_CODES = { SIGINT: 130, SIGTERM: 143 } as const;
export type StopSignal = keyof typeof EXIT_CODES;

export const exitCodeOf = (signal: StopSignal): (typeof EXIT_CODES)[StopSignal] => EXIT_CODES[signal];

type Listener = (signal: StopSignal) => void;
/** The last one hears a signal. */
const listeners: Listener[] = [];
const hear = (signal: StopSignal) => listeners.at(-1)!(signal);

/** Calls `listener` at Ctrl-C and SIGTERM, in place of those that listen already, until the returned function is called. */
function listen(listener: Listener): () => void {
  if (listeners.length === 0) for (const signal in EXIT_CODES) process.on(signal, hear);
  listeners.push(listener);
  return () => {
    const at = listeners.lastIndexOf(listener);
    if (at >= 0) listeners.splice(at, 1);
    if (listeners.length === 0) for (const signal in EXIT_CODES) process.off(signal, hear);
  };
}

/**
 * Ends the process at the first signal, until the returned function is called. Unfinished files are removed
 * (`files/undo-at-exit.ts`).
 * @param kept what becomes of the work, as the message says it
 */
export function endWhenInterrupted(kept: () => string = () => ''): () => void {
  return listen((signal) => {
    const what = kept();
    printMessage(what === '' ? 'interrupted' : `interrupted: ${what}`);
    process.exit(EXIT_CODES[signal]);
  });
}

/**
 * Lets signals end the process as the system does, until the returned function is called: code that never gives way keeps this
 * thread from hearing them.
 */
export function leaveToSystem(): () => void {
  for (const signal in EXIT_CODES) process.off(signal, hear);
  return () => {
    if (listeners.length > 0) for (const signal in EXIT_CODES) process.on(signal, hear);
  };
}

/** Asks work to stop at the first signal and ends the process at the second. */
export class Interruption {
  #signal: StopSignal | null = null;
  readonly release: () => void;

  /**
   * @param message printed at once
   * @param stop makes the work come to its end soon
   */
  constructor(message: string, stop: () => void) {
    this.release = listen((signal) => {
      if (this.#signal !== null) {
        printMessage('interrupted: ended at once');
        process.exit(EXIT_CODES[signal]);
      }
      this.#signal = signal;
      printMessage(message);
      stop();
    });
  }

  /** The signal that asked for it; null as long as none has. */
  get signal(): StopSignal | null {
    return this.#signal;
  }
}
