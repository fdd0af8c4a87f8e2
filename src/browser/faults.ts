import { InputError } from '../contracts/input-error.ts';

/** What went wrong, as lines that can be sent to another thread. */
export function faultsOf(error: unknown): readonly string[] {
  if (error instanceof InputError) return error.faults;
  return [error instanceof Error ? error.message : String(error)];
}
