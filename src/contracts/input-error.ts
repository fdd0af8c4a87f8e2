/**
 * The user's input is wrong. The message is one line in the user's words: what was given, where, and what is
 * allowed. The command line prints it without a stack trace and exits with code 2.
 */
export class InputError extends Error {
  override readonly name = 'InputError';
}
