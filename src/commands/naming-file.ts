import { InputError } from '../contracts/input-error.ts';

/** Adds the name of a file to errors about its content. */
export function namingFile<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new InputError(`${file}: ${why}`, { cause: error });
  }
}
