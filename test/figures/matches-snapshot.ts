import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import * as assert from 'uvu/assert';

const folder = new URL('__snapshots__/', import.meta.url);

/** Compares with the stored snapshot; `UPDATE_SNAPSHOTS=1` stores it anew. A missing one is a failure, not a pass. */
export function matchesSnapshot(name: string, value: unknown): void {
  const file = new URL(`${name}.json`, folder);
  const found = JSON.stringify(value, null, 1) + '\n';
  if (process.env.UPDATE_SNAPSHOTS === '1') {
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, found);
  }
  assert.ok(
    existsSync(file),
    `no snapshot ${name}: run once with UPDATE_SNAPSHOTS=1 and look at what it stores`,
  );
  assert.snapshot(found, readFileSync(file, 'utf8'), name);
}
