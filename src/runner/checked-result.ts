import type { CellResult } from '../contracts/cell.ts';
import { describedValue } from '../plugins/described-value.ts';
import { hasMembers, type Members } from '../plugins/members.ts';

/** What a part of a result must be, and how to say it. */
interface Wanted {
  readonly is: (value: unknown) => boolean;
  readonly text: string;
  /** What its entries must be, where it is an object of them. */
  readonly each?: Wanted;
}

const isText = (value: unknown): boolean => typeof value === 'string';
const isTextOrNumber = (value: unknown): boolean => isText(value) || typeof value === 'number';
const optional = ({ is, text, ...rest }: Wanted): Wanted => ({
  ...rest,
  is: (value) => value === undefined || is(value),
  text: `${text}, or absent`,
});

const A_TEXT: Wanted = { is: isText, text: 'a text' };
const A_NUMBER: Wanted = { is: (value) => typeof value === 'number', text: 'a number' };
const AN_END: Wanted = { ...A_NUMBER, text: 'a number, NaN where there is no interval' };
const COUNT: Wanted = { is: (value) => Number.isFinite(value), text: 'a finite number' };
const FACTOR: Wanted = { is: isTextOrNumber, text: 'a text or a number' };
const FACTORS: Wanted = { is: isObjectOf(FACTOR), text: 'an object of texts and numbers', each: FACTOR };
const A_LIST: Wanted = { is: Array.isArray, text: 'a list' };
const TEXTS: Wanted = {
  is: (value) => Array.isArray(value) && value.every(isText),
  text: 'a list of texts',
};
const FILES: Wanted = {
  is: (value) =>
    value instanceof Map &&
    [...value].every(([name, bytes]) => typeof name === 'string' && bytes instanceof Uint8Array),
  text: 'a Map of names to Uint8Arrays',
};
const PATHS: Wanted = {
  is: (value) => value instanceof Map && [...value].flat().every(isText),
  text: 'a Map of paths to names of files',
};
const FACT: Wanted = {
  is: (value) => isText(value) || Number.isFinite(value),
  text: 'a text or a finite number',
};
const FACTS: Wanted = { is: isObjectOf(FACT), text: 'an object of texts and finite numbers', each: FACT };
const SIZE: Wanted = {
  is: (value) => Number.isInteger(value) && Number(value) > 0,
  text: 'a positive integer',
};

const RESULT: Readonly<Record<string, Wanted>> = {
  rows: A_LIST,
  files: optional(FILES),
  pictures: optional(A_LIST),
  publishes: optional(PATHS),
  notes: optional(TEXTS),
  facts: optional(FACTS),
};

const ROW: Readonly<Record<string, Wanted>> = {
  experiment: A_TEXT,
  method: A_TEXT,
  factors: FACTORS,
  parameter: A_TEXT,
  metric: A_TEXT,
  value: A_NUMBER,
  ciLow: AN_END,
  ciHigh: AN_END,
  unit: A_TEXT,
  n: COUNT,
};

const PICTURE: Readonly<Record<string, Wanted>> = {
  experiment: A_TEXT,
  method: A_TEXT,
  factors: FACTORS,
  quantity: A_TEXT,
  legend: optional(TEXTS),
  width: SIZE,
  height: SIZE,
  pixel: {
    is: (value) => Array.isArray(value) && value.length === 2 && value.every(Number.isFinite),
    text: 'a list of two numbers',
  },
  values: { is: (value) => value instanceof Float32Array, text: 'a Float32Array' },
};

/**
 * Returns what a task returned, if it can be stored and read again. Types are checked only where a task is written in TypeScript
 * and looked at by its compiler, and a result that can't be read is noticed when all of the run is done.
 * @throws Error with the first part that is not as its contract says, and what is allowed
 */
export function checkedResult(returned: unknown): CellResult {
  if (!hasMembers(returned)) {
    throw new Error(`run returned ${describedValue(returned)}; allowed: { rows }, with a list of rows`);
  }
  checkMembers('what run returned', returned, RESULT);
  for (const [what, list, wanted] of [
    ['row', returned['rows'], ROW],
    ['picture', returned['pictures'] ?? [], PICTURE],
  ] as const) {
    for (const [i, entry] of (list as unknown[]).entries()) {
      if (!hasMembers(entry)) {
        throw new Error(`${what} ${i} that run returned is ${describedValue(entry)}; allowed: an object`);
      }
      checkMembers(`${what} ${i}${aboutRow(entry)}`, entry, wanted);
    }
  }
  return returned as unknown as CellResult;
}

const aboutRow = ({ metric }: Members): string => (typeof metric === 'string' ? ` (${metric})` : '');

function checkMembers(what: string, value: Members, wanted: Readonly<Record<string, Wanted>>): void {
  for (const [member, { is, text, each }] of Object.entries(wanted)) {
    const found = value[member];
    if (is(found)) continue;
    const entry =
      each && hasMembers(found) ? Object.entries(found).find(([, part]) => !each.is(part)) : undefined;
    if (each && entry) {
      throw new Error(
        `${member}.${entry[0]} of ${what} is ${describedValue(entry[1])}; allowed: ${each.text}`,
      );
    }
    const shown = found === undefined ? 'missing' : describedValue(found);
    throw new Error(`${member} of ${what} is ${shown}; allowed: ${text}`);
  }
}

function isObjectOf(each: Wanted): Wanted['is'] {
  return (value) => hasMembers(value) && Object.values(value).every(each.is);
}
