import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { resolve } from 'node:path';

/** A word of a command, and the file it refers to, if any. */
export interface CommandWord {
  readonly word: string;
  /** Absolute. */
  readonly file?: string;
}

/**
 * Resolves the files in a command: words that look like a file (with a slash or an extension) and exist next to the config, or
 * else in the current folder. All others, and options, are unchanged; a bare program name is resolved through the PATH.
 */
export function commandWords(command: readonly string[], configFolder: URL): CommandWord[] {
  const folders = [fileURLToPath(configFolder), process.cwd()];
  return command.map((word, i) => {
    const file = mayBeFile(word, i) ? folders.map((folder) => resolve(folder, word)).find(isFile) : undefined;
    return file === undefined ? { word } : { word, file };
  });
}

/** Returns words that look like a file but do not exist where `commandWords` looks, such as a misspelt script. */
export function missingFiles(command: readonly string[], configFolder: URL): string[] {
  return commandWords(command, configFolder)
    .filter(({ word, file }, i) => file === undefined && mayBeFile(word, i) && Number.isNaN(Number(word)))
    .map(({ word }) => word);
}

const mayBeFile = (word: string, i: number): boolean =>
  !word.startsWith('-') && (word.includes('/') || (i > 0 && /\.\w+$/.test(word)));

/** Returns the hash of the contents of every file in a command, by word. */
export function fileHashes(words: readonly CommandWord[]): Record<string, string> {
  const named = words.filter((word): word is Required<CommandWord> => word.file !== undefined);
  return Object.fromEntries(
    named.map(({ word, file }) => [word, createHash('sha256').update(readFileSync(file)).digest('hex')]),
  );
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}
