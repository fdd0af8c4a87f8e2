import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder for one test file, gone when its process ends. */
export function scratchFolder(): {
  path: (name: string) => string;
  put: (name: string, data: string | Uint8Array) => string;
} {
  const folder = mkdtempSync(join(tmpdir(), 'ivim-bench-test-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  const path = (name: string) => join(folder, name);
  return {
    path,
    put(name, data) {
      writeFileSync(path(name), data);
      return path(name);
    },
  };
}
