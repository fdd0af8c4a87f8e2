import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { damaged } from '../scripts/fuzz/damage.ts';
import { formats } from '../scripts/fuzz/formats.ts';
import { readerOf } from '../scripts/fuzz/read-or-refuse.ts';

/** A short share of `npm run fuzz`, always of the same inputs, and through the library alone. */
const test = suite('damaged files');
const folder = mkdtempSync(join(tmpdir(), 'ivim-bench-damaged-'));
test.after(() => rmSync(folder, { recursive: true, force: true }));

for (const [name, format] of Object.entries(formats)) {
  test(`${name}: each is read or refused with a message, and both happen`, async () => {
    const { readOrRefuse } = readerOf(format, folder);
    const counts = { read: 0, refused: 0 };
    const inputs = fc.asyncProperty(damaged(await format.examples()), async (bytes) => {
      counts[await readOrRefuse(bytes)]++;
    });
    await fc.assert(inputs, { numRuns: 150, seed: 2020 });
    assert.ok(counts.read > 0, JSON.stringify(counts));
    // A sidecar that can't be used is noted, not refused.
    assert.ok(counts.refused > 0 || name === 'sidecar', JSON.stringify(counts));
  });
}

test.run();
