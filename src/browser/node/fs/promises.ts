import { InputError } from '../../../contracts/input-error.ts';
import { contentsOf } from '../../files/memory.ts';

/** The part of Node's module that a fit uses, for files in memory. */
export async function stat(path: string): Promise<{ readonly size: number }> {
  const bytes = await contentsOf(path);
  if (!bytes) throw new InputError(`cannot read ${path}: no such file`);
  return { size: bytes.length };
}

/** There are no folders. */
export const readdir = async (path: string): Promise<never> => {
  throw new InputError(`${path} is not a folder`);
};
