import { InputError } from '../contracts/input-error.ts';

/** Puts a file's name before whatever is wrong with what it holds. */
export function namingFile<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new InputError(`${file}: ${why}`, { cause: error });
  }
}
