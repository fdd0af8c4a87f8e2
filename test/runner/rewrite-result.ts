import { readFileSync, writeFileSync } from 'node:fs';
import { decodeStoredCell, encodeStoredCell, type StoredCell } from '../../src/runner/stored-cell.ts';

/** Changes a stored result as a run of other code, or on another machine, would have written it: with a digest that fits. */
export function rewriteResult(file: string, change: (cell: StoredCell) => StoredCell): void {
  const { cell, digests } = decodeStoredCell(readFileSync(file, 'utf8'));
  writeFileSync(file, encodeStoredCell(change(cell), digests ?? {}));
}
