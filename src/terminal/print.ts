import { oneLine, visibleText } from '../wording/visible-text.ts';

/**
 * Every line that the program prints goes through this folder, so that no name, title, file or other program can steer the
 * terminal. Results go to standard output, everything else to standard error.
 */

/** Prints a message, on one line, to standard error. */
export function printMessage(text: string): void {
  hide?.();
  process.stderr.write(`${oneLine(text)}\n`);
}

/** Prints a result, of one line or several, to standard output. */
export function printResult(text: string): void {
  hide?.();
  process.stdout.write(`${visibleText(text).replace(/\n$/, '')}\n`);
}

/** Prints a result for programs. Characters that would steer a terminal are escaped, which changes no value. */
export function printJson(value: unknown): void {
  hide?.();
  process.stdout.write(`${JSON.stringify(value, null, 2).replace(UNESCAPED, escaped)}\n`);
}

let hide: (() => void) | undefined;

/** Has `hidden` called before anything is printed, as something is on the screen that will be redrawn; undefined: no longer. */
export function hideBeforePrinting(hidden: (() => void) | undefined): void {
  hide = hidden;
}

const escaped = (sign: string): string => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** What JSON itself does not escape. */
const UNESCAPED = /[\u007f-\u009f\u2028\u2029\p{Bidi_Control}]/gu;
