import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { EXAMPLE_SCAN, writeExampleScan } from '../../scripts/docs/example-scan.ts';
import { readNifti } from '../../src/data/nifti-read.ts';
import { inProcess } from '../commands/command-line.ts';

const test = suite('examples/scan');
const scratch = mkdtempSync(join(tmpdir(), 'ivim-bench-scan-'));
test.after(() => rmSync(scratch, { recursive: true }));

const numbers = async (file: string): Promise<number[]> => Array.from((await readNifti(file)).data);

test('is what its script writes: node --import tsx scripts/docs/example-scan.ts', async () => {
  await writeExampleScan(scratch);
  assert.is(
    readFileSync(join(scratch, 'dwi.bval'), 'utf8'),
    readFileSync(join(EXAMPLE_SCAN, 'dwi.bval'), 'utf8'),
  );
  for (const file of ['dwi', 'mask', 'truth/D', 'truth/f', 'truth/Dp']) {
    const now = await numbers(join(scratch, `${file}.nii.gz`));
    const kept = await numbers(join(EXAMPLE_SCAN, `${file}.nii.gz`));
    assert.is(now.length, kept.length, file);
    // Float32, of signals that exp and log of another processor may round otherwise.
    const largest = Math.max(...kept.map((value) => (Number.isFinite(value) ? Math.abs(value) : 0)));
    for (let i = 0; i < kept.length; i++) {
      const same = Object.is(now[i], kept[i]) || Math.abs(now[i] - kept[i]) <= 1e-5 * largest;
      assert.ok(same, `${file}: ${now[i]} instead of ${kept[i]} at ${i}`);
    }
  }
});

test('is fitted near to its true maps', async () => {
  const { code, stderr } = await inProcess(
    ...['fit', join(EXAMPLE_SCAN, 'dwi.nii.gz'), '--mask', join(EXAMPLE_SCAN, 'mask.nii.gz')],
    ...['--out', join(scratch, 'maps'), '--quiet'],
  );
  assert.is(code, 0, stderr);
  const mask = await numbers(join(EXAMPLE_SCAN, 'mask.nii.gz'));
  // Medians over the voxels inside of the relative error, far above that of a fit that works.
  for (const [name, limit] of Object.entries({ D: 0.15, f: 0.35, Dp: 0.6 })) {
    const found = await numbers(join(scratch, 'maps', `${name}.nii.gz`));
    const truth = await numbers(join(EXAMPLE_SCAN, 'truth', `${name}.nii.gz`));
    const errors = mask
      .flatMap((inside, i) => (inside ? [Math.abs(found[i] / truth[i] - 1)] : []))
      .sort((a, b) => a - b);
    assert.ok(
      errors.length > 1000 && errors[errors.length >> 1] < limit,
      `${name}: ${errors[errors.length >> 1]}`,
    );
  }
});

test.run();
