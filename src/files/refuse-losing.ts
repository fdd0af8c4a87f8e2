import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { InputError } from '../contracts/input-error.ts';

/**
 * Refuses outputs that are inputs too.
 * @param how says what would happen to an input
 * @throws InputError naming both
 */
export function refuseLosing(
  inputs: readonly string[],
  outputs: readonly string[],
  how: (output: string, input: string) => string,
): void {
  const taken = new Map(inputs.map((file) => [truePath(file), file]));
  for (const output of outputs) {
    const input = taken.get(truePath(output));
    if (input !== undefined) throw new InputError(`--out would ${how(output, input)}`);
  }
}

/** Resolves links in a path, even if the file does not exist yet. */
function truePath(path: string): string {
  if (existsSync(path)) return realpathSync(path);
  const folder = dirname(resolve(path));
  return join(folder === resolve(path) ? folder : truePath(folder), basename(path));
}
