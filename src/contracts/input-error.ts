/**
 * Invalid user input. Each fault is one line: what was given, where, and what is allowed. The command line prints the lines
 * without a stack trace and exits with code 2.
 */
export class InputError extends Error {
  override readonly name = 'InputError';
  /** All faults, if several were found; the message then has a line for each. */
  readonly faults: readonly string[];

  constructor(faults: string | readonly string[], options?: ErrorOptions) {
    const list = typeof faults === 'string' ? [faults] : faults;
    super(list.join('\n'), options);
    this.faults = list;
  }
}
