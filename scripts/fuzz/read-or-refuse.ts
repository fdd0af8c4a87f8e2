import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../../src/contracts/input-error.ts';
import { COMPANIONS, type Format } from './formats.ts';

/** Prepares a folder for inputs of a format, with the files that belong to them. @returns reads one input */
export function readerOf(
  format: Format,
  folder: string,
): { readonly path: string; readonly readOrRefuse: (bytes: Uint8Array) => Promise<'read' | 'refused'> } {
  mkdirSync(folder, { recursive: true });
  for (const [name, content] of Object.entries(COMPANIONS)) writeFileSync(join(folder, name), content);
  const path = join(folder, format.fileName);
  return {
    path,
    /** @throws whatever is thrown that is no message to the person who gave the file */
    async readOrRefuse(bytes) {
      writeFileSync(path, bytes);
      try {
        await format.read(path);
        return 'read';
      } catch (error) {
        if (!(error instanceof InputError) || error.message.length <= 10) throw error;
        return 'refused';
      }
    },
  };
}
