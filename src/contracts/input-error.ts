/**
 * The user's input is wrong. Each fault is one line in the user's words: what was given, where, and what is allowed. The command
 * line prints them without a stack trace and exits with code 2.
 */
export class InputError extends Error {
  override readonly name = 'InputError';
  /** Everything that is wrong, where more was found than the first thing; the message then has a line for each. */
  readonly faults: readonly string[];

  constructor(faults: string | readonly string[], options?: ErrorOptions) {
    const list = typeof faults === 'string' ? [faults] : faults;
    super(list.join('\n'), options);
    this.faults = list;
  }
}
