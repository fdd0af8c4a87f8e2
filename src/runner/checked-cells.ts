import type { Cell } from '../contracts/cell.ts';
import { describedValue } from '../plugins/described-value.ts';
import { hasMembers } from '../plugins/members.ts';
import { didYouMean } from '../plugins/nearest-name.ts';

const CELL = ['id', 'task', 'input', 'places', 'needs', 'threads', 'timing'];

/**
 * Returns what an experiment planned, if these are cells.
 * @throws Error with the first that is not one, and what is allowed
 */
export function checkedCells(returned: unknown): readonly Cell[] {
  if (!Array.isArray(returned)) {
    throw new Error(`plan returned ${describedValue(returned)}; allowed: a list of cells`);
  }
  returned.forEach((cell: unknown, i) => {
    const refuse = (found: string, allowed: string): never => {
      const id = hasMembers(cell) && typeof cell['id'] === 'string' ? ` (${cell['id']})` : '';
      throw new Error(`cell ${i}${id} that plan returned ${found}; allowed: ${allowed}`);
    };
    if (!hasMembers(cell)) return refuse(`is ${describedValue(cell)}`, '{ id, task, input, needs }');
    const { id, task, needs, threads, timing } = cell;
    if (typeof id !== 'string' || id === '') refuse(`has ${describedValue(id)} as its id`, 'a text');
    if (!hasMembers(task) || typeof task['name'] !== 'string' || !isFileUrl(task['module'])) {
      refuse(`has ${describedValue(task)} as its task`, '{ module, name }, a file: URL and a text');
    }
    if (!hasMembers(needs) || !Object.values(needs).every((need) => typeof need === 'string')) {
      refuse(`has ${describedValue(needs)} as its needs`, 'an object of names to ids of cells, {} for none');
    }
    if (threads !== undefined && !(Number.isInteger(threads) && Number(threads) > 0)) {
      refuse(`has ${describedValue(threads)} as its threads`, 'a positive integer, or absent');
    }
    if (timing !== undefined && typeof timing !== 'boolean') {
      refuse(`has ${describedValue(timing)} as its timing`, 'true or false, or absent');
    }
    const unknown = Object.keys(cell).find((key) => !CELL.includes(key));
    if (unknown !== undefined) {
      refuse(`has the unknown key ${unknown}`, CELL.join(', ') + didYouMean(unknown, CELL));
    }
  });
  return returned as Cell[];
}

const isFileUrl = (value: unknown): boolean => typeof value === 'string' && value.startsWith('file:');
