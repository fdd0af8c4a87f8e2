import type { TableContent, TableValue } from '../contracts/table.ts';
import { describedValue } from '../plugins/described-value.ts';
import { hasMembers } from '../plugins/members.ts';
import { didYouMean } from '../plugins/nearest-name.ts';

const COLUMN = ['name', 'label', 'digits', 'decimals', 'scaled', 'csvOnly'];

/**
 * Returns what a table returned, if it is the content of a table, or null.
 * @throws Error with the first part that is not, and what is allowed
 */
export function checkedTable(returned: unknown): TableContent | null {
  if (returned === null) return null;
  if (!hasMembers(returned) || !Array.isArray(returned['columns']) || !Array.isArray(returned['lines'])) {
    throw new Error(
      `build returned ${describedValue(returned)}; allowed: { columns, lines }, two lists, or null where the run has no rows for it`,
    );
  }
  const columns: readonly unknown[] = returned['columns'];
  columns.forEach(checkColumn);
  for (const [i, line] of (returned['lines'] as unknown[]).entries()) {
    const values = hasMembers(line) ? line['values'] : undefined;
    if (!Array.isArray(values) || values.length !== columns.length) {
      const found = Array.isArray(values)
        ? `${values.length} values`
        : `${describedValue(values)} as its values`;
      throw new Error(`line ${i} has ${found}; allowed: a list of ${columns.length}, one per column`);
    }
    const wrong = values.findIndex((value) => !isValue(value));
    if (wrong < 0) continue;
    throw new Error(
      `value ${wrong} of line ${i} is ${describedValue(values[wrong])}; allowed: a text, a number, null, { value, low, high } or { raw, shown }`,
    );
  }
  return returned as unknown as TableContent;
}

function checkColumn(column: unknown, i: number): void {
  if (!hasMembers(column) || typeof column['name'] !== 'string' || typeof column['label'] !== 'string') {
    throw new Error(`column ${i} is ${describedValue(column)}; allowed: { name, label }, two texts`);
  }
  const unknown = Object.keys(column).find((key) => !COLUMN.includes(key));
  if (unknown !== undefined) {
    throw new Error(
      `column ${i} has the unknown key ${unknown}; allowed: ${COLUMN.join(', ')}${didYouMean(unknown, COLUMN)}`,
    );
  }
  for (const key of ['digits', 'decimals']) {
    const found = column[key];
    const least = key === 'digits' ? 1 : 0;
    if (found === undefined || (Number.isInteger(found) && Number(found) >= least && Number(found) <= 100))
      continue;
    throw new Error(
      `${key} of column ${i} is ${describedValue(found)}; allowed: an integer from ${least} to 100`,
    );
  }
}

function isValue(value: unknown): value is TableValue {
  if (value === null || typeof value === 'string' || typeof value === 'number') return true;
  if (!hasMembers(value)) return false;
  if ('raw' in value) return typeof value['raw'] === 'string' && typeof value['shown'] === 'string';
  return ['value', 'low', 'high'].every((key) => typeof value[key] === 'number');
}
