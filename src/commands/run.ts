import { basename } from 'node:path';
import { loadConfig } from '../config/load-config.ts';
import { runStudy } from './run-study.ts';

export interface RunWords {
  readonly out?: string;
  readonly only?: readonly string[];
  readonly set: readonly string[];
  readonly fresh?: boolean;
  readonly workers?: number;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly allowExternal?: boolean;
}

/**
 * Carries a study out and prints where its report is.
 * @returns the exit code: 0 done, 1 cells failed, 130 interrupted
 */
export async function run(config: string, words: RunWords): Promise<number> {
  const { out = `results/${basename(config).replace(/\.ya?ml$/, '')}`, set, json, ...options } = words;
  const study = await loadConfig(config, { set });
  const { dir, manifest, exitCode } = await runStudy(study, { ...options, out });
  const summary = {
    folder: dir,
    exitCode,
    cells: manifest.cells,
    started: manifest.started,
    ended: manifest.ended,
  };
  if (json) process.stdout.write(JSON.stringify(summary, null, 2) + '\n');
  else if (exitCode !== 130) process.stdout.write(`${dir}/report.html\n`);
  return exitCode;
}
