import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { resolve } from 'node:path';

/** A word of a command, and the file it names, if it names one. */
export interface CommandWord {
  readonly word: string;
  /** Absolute. */
  readonly file?: string;
}

/**
 * Words that look like a file (a slash or an extension in them) and are one beside the config, or else in the current
 * folder, become that file. All others, and options, stay as they are; a bare program is looked for as a shell would.
 */
export function commandWords(command: readonly string[], configFolder: URL): CommandWord[] {
  const folders = [fileURLToPath(configFolder), process.cwd()];
  return command.map((word, i) => {
    const mayBeFile = !word.startsWith('-') && (word.includes('/') || (i > 0 && /\.\w+$/.test(word)));
    const file = mayBeFile ? folders.map((folder) => resolve(folder, word)).find(isFile) : undefined;
    return file === undefined ? { word } : { word, file };
  });
}

/** Hash of the contents of every file a command names, by the word that names it. */
export function fileHashes(words: readonly CommandWord[]): Record<string, string> {
  const named = words.filter((word): word is Required<CommandWord> => word.file !== undefined);
  return Object.fromEntries(
    named.map(({ word, file }) => [word, createHash('sha256').update(readFileSync(file)).digest('hex')]),
  );
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}
