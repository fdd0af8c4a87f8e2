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
    const file = mayBeFile(word, i) ? folders.map((folder) => resolve(folder, word)).find(isFile) : undefined;
    return file === undefined ? { word } : { word, file };
  });
}

/** Words that look like a file and are none, where `commandWords` looks: as a misspelt script. */
export function missingFiles(command: readonly string[], configFolder: URL): string[] {
  return commandWords(command, configFolder)
    .filter(({ word, file }, i) => file === undefined && mayBeFile(word, i) && Number.isNaN(Number(word)))
    .map(({ word }) => word);
}

const mayBeFile = (word: string, i: number): boolean =>
  !word.startsWith('-') && (word.includes('/') || (i > 0 && /\.\w+$/.test(word)));

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
