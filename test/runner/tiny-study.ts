import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { loadConfig } from '../../src/config/load-config.ts';
import type { Study } from '../../src/contracts/study.ts';

const fixtures = resolve(import.meta.dirname, '../fixtures/fitters');

/** Path of a fitter made for tests. */
export const madeUp = (name: string): string => join(fixtures, `${name}.ts`);

/** A phantom study of a moment: its YAML, with whichever fitters. */
export function tinyYaml(fitters: readonly object[], extra = ''): string {
  const lines = fitters.map((fitter) => `  - ${JSON.stringify(fitter)}`);
  return [
    'experiment: phantom',
    'title: A study of a moment',
    'seed: 7',
    'protocol: barbieri-2020',
    'data:',
    '  voxels: 60',
    '  S0: 1500',
    '  noise: { snr: [100, 20, 10] }',
    '  tissue:',
    '    Dp: { uniform: [0.01, 0.1] }',
    '    D: { uniform: [0.0005, 0.002] }',
    '    f: { uniform: [0.1, 0.4] }',
    '  seeds: { parameters: 133, noise: 466 }',
    'statistics: { resamples: 50 }',
    'timing: { warmUpMs: 0, repeats: 3 }',
    extra,
    'fitters:',
    ...lines,
    '',
  ].join('\n');
}

/** A phantom study of one tissue at one noise level, and what `more` says of it, such as its fitters. */
export const smallYaml = (more: string, voxels = 20): string => `experiment: phantom
protocol: barbieri-2020
data:
  voxels: ${voxels}
  S0: 1000
  noise: { snr: [20] }
  tissue: { D: { constant: 0.001 }, f: { uniform: [0.1, 0.4] }, Dp: { constant: 0.05 } }
${more}
`;

/** What makes a small study brief. */
export const BRIEF = `statistics: { resamples: 20 }
timing: { warmUpMs: 0, repeats: 3 }
`;

const scratch: string[] = [];
process.on('exit', () => {
  for (const dir of scratch) rmSync(dir, { recursive: true, force: true });
});

/** A folder that is gone when the process ends. */
export function scratchFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'ivim-bench-run-'));
  scratch.push(dir);
  return dir;
}

export async function tinyStudy(dir: string, fitters: readonly object[], set: string[] = []): Promise<Study> {
  const file = join(dir, 'tiny.yaml');
  writeFileSync(file, tinyYaml(fitters));
  return loadConfig(file, { set });
}
