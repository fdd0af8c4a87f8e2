import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadConfig } from '../../src/config/load-config.ts';
import { scratchFolder } from '../runner/tiny-study.ts';

export const scratch = scratchFolder();

/**
 * The config of a moment of one of the experiments that train networks.
 * @param omit keys that the experiment does not have
 */
export async function smallNetworkStudy<C>(
  experiment: string,
  own: readonly string[],
  set: readonly string[] = [],
  omit: readonly string[] = [],
): Promise<C> {
  const yaml = [
    `experiment: ${experiment}`,
    'seed: 7',
    'protocol: barbieri-2020',
    'data:',
    '  voxels: 300',
    '  S0: 1500',
    '  noise: { snr: [50, 20] }',
    '  tissue:',
    '    Dp: { uniform: [0.01, 0.1] }',
    '    D: { uniform: [0.0005, 0.002] }',
    '    f: { uniform: [0.1, 0.4] }',
    'training: { voxels: 600, noise: { sigma: { uniform: [0, 165] } } }',
    'statistics: { resamples: 50 }',
    'fitters: [{ use: dnn, batch: 64, epochs: 4 }]',
    'runs: 3',
    ...own,
    '',
  ];
  const file = join(mkdtempSync(join(scratch, `${experiment}-`)), 'study.yaml');
  const kept = yaml.filter((line) => !omit.some((key) => line.startsWith(`${key}:`)));
  writeFileSync(file, kept.join('\n'));
  return (await loadConfig(file, { set: [...set] })).config as C;
}

/** The message with which a config is refused. */
export async function refusal(
  experiment: string,
  own: readonly string[],
  set: readonly string[],
  omit: readonly string[] = [],
): Promise<string> {
  try {
    await smallNetworkStudy(experiment, own, set, omit);
  } catch (error) {
    return (error as Error).message;
  }
  return 'accepted';
}
