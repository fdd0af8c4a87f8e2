import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { InputError } from '../contracts/input-error.ts';
import { LARGEST_TEXT, readInput } from '../files/read-input.ts';
import { writeWhole } from '../files/write-whole.ts';
import { decodeHistory, historyLine } from '../gate/history.ts';
import { decodeReference, encodeReference } from '../gate/reference-text.ts';
import type { Reference } from '../gate/reference.ts';
import { namingFile } from './naming-file.ts';

/** Returns the default file of the accepted values of a config or run, used without `--against`. */
export const defaultReference = (name: string): string => join('results', 'reference', `${name}.json`);

/** @throws InputError where the file can't be read or holds something else */
export async function readReference(file: string): Promise<Reference> {
  const text = await readText(file);
  try {
    return decodeReference(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new InputError(`${file}: these are not accepted values as \`check --update\` writes them: ${why}`, {
      cause: error,
    });
  }
}

/** Writes accepted values, and their line at the end of the history next to them. */
export async function writeReference(file: string, reference: Reference): Promise<void> {
  const history = await readHistory(file);
  await writeWhole(file, encodeReference(reference));
  await writeWhole(historyFile(file), history + historyLine(reference));
}

/**
 * Reads the text of the history next to accepted values; '' if there is none.
 * @throws InputError if the file is not a history
 */
export async function readHistory(file: string): Promise<string> {
  const history = historyFile(file);
  if (!existsSync(history)) return '';
  const text = await readText(history);
  namingFile(history, () => decodeHistory(text));
  return text === '' || text.endsWith('\n') ? text : text + '\n';
}

const historyFile = (file: string): string =>
  join(dirname(file), 'history', `${basename(file).replace(/\.json$/, '')}.jsonl`);

const readText = async (file: string): Promise<string> =>
  (await readInput(file, LARGEST_TEXT)).toString('utf8');
