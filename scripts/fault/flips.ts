import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadConfig } from '../../src/config/load-config.ts';
import { Mt19937 } from '../../src/random/mt19937.ts';
import { runCells } from '../../src/runner/run-cells.ts';
import { readRunRecord } from '../../src/runner/stored-run.ts';
import { answersOf, storedFiles } from './study.ts';

/**
 * Flips single bits of stored results, and runs again.
 * @returns how many flips went unnoticed, and after how many the rows were not those of before
 */
export async function flips(
  folder: string,
  { config, count, seed }: { readonly config: string; readonly count: number; readonly seed: number },
): Promise<{ readonly silent: number; readonly wrong: number }> {
  const random = new Mt19937(seed);
  const study = await loadConfig(config);
  const out = join(folder, 'flipped');
  const again = () => runCells(study, { out, workers: 1, quiet: true });
  await again();
  const expected = await answersOf(out);
  let [silent, wrong] = [0, 0];
  for (let i = 0; i < count; i++) {
    const files = storedFiles(out);
    const file = files[random.below(files.length)];
    const bytes = readFileSync(file);
    bytes[random.below(bytes.length)] ^= 1 << random.below(8);
    writeFileSync(file, bytes);
    await again();
    if ((await readRunRecord(out)).damaged?.length !== 1) silent++;
    if ((await answersOf(out)) !== expected) wrong++;
  }
  return { silent, wrong };
}
