/** Receives what the program says. */
export interface Listener {
  message(text: string): void;
  progress(line: string): void;
}

let listener: Listener | undefined;

/** Has everything that is printed from now on passed to `to`. */
export function listen(to: Listener): void {
  listener = to;
}

export const printMessage = (text: string): void => listener?.message(text);

export const printProgress = (line: string): void => listener?.progress(line);
