import { InputError } from '../../contracts/input-error.ts';
import { oneLine } from '../../wording/visible-text.ts';
import { isMissing } from '../read-text.ts';
import { readTabTable } from './tab-table.ts';

/**
 * Reads the names of a label map's numbers: a BIDS table with the columns index and name. 0 is always background.
 * Lines without a number (n/a) name no region.
 * @throws InputError if a number is not an integer or occurs twice, or a name is missing
 */
export async function readLabelNames(file: string): Promise<ReadonlyMap<number, string>> {
  const names = new Map<number, string>();
  for (const { line, cells } of await readTabTable(file, ['index', 'name'])) {
    if (isMissing(cells['index'])) continue;
    addLabel(names, cells['index'], cells['name'], `${file}:${line}`);
  }
  if (names.size === 0) throw new InputError(`${file} names no region`);
  return names;
}

/** Parses names by number, as given in a config. */
export function labelNames(
  named: Readonly<Record<string, string>>,
  where: string,
): ReadonlyMap<number, string> {
  const names = new Map<number, string>();
  for (const [index, name] of Object.entries(named)) addLabel(names, index, name, where);
  if (names.size === 0) throw new InputError(`${where} names no region`);
  return names;
}

function addLabel(names: Map<number, string>, index: string, name: string, where: string): void {
  const number = Number(index);
  // Tables written by pandas may have 1.0 for 1.
  if (!/^\d+(\.\d*)?(e[+-]?\d+)?$/i.test(index) || !Number.isInteger(number)) {
    throw new InputError(`${where}: '${index}' is not the number of a region; allowed: 0, 1, 2, …`);
  }
  if (name === '') throw new InputError(`${where}: region ${index} has no name`);
  if (names.has(number)) throw new InputError(`${where}: region ${index} occurs twice`);
  if (number > 0) names.set(number, oneLine(name));
}
