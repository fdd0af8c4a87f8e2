import { basename } from 'node:path';
import { loadConfig } from '../config/load-config.ts';
import { printForecast } from './print-forecast.ts';
import { printSummary } from './print-summary.ts';
import { printRemarks, studyRemarks } from './study-remarks.ts';
import { writeParquet } from './write-parquet.ts';
import { runStudy, type RunOptions } from './run-study.ts';

export interface RunCommandOptions {
  readonly out?: string;
  readonly only?: readonly string[];
  readonly set: readonly string[];
  readonly fresh?: boolean;
  readonly workers?: number;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly allowExternal?: boolean;
  /** List what would be done and why, and run nothing. */
  readonly dryRun?: boolean;
  /** Also write `tables/metrics.parquet`. */
  readonly parquet?: boolean;
  readonly shard?: RunOptions['shard'];
}

/**
 * Runs a study and prints the path of its report.
 * @returns the exit code: 0 done, 1 cells failed, 130 or 143 interrupted by SIGINT or SIGTERM
 */
export async function run(config: string, words: RunCommandOptions): Promise<number> {
  const {
    out = defaultFolder(config, words.shard),
    set,
    json = false,
    dryRun = false,
    parquet = false,
    ...options
  } = words;
  const study = await loadConfig(config, { set, allowCode: options.allowExternal ?? false });
  if (dryRun) return printForecast(study, { ...options, out }, json);
  const remarks = await studyRemarks(study);
  const outcome = await runStudy(study, { ...options, out, remarks });
  if (parquet && outcome.exitCode <= 1) await writeParquet(out);
  if (!options.quiet) printRemarks(remarks);
  printSummary(outcome, json, remarks);
  return outcome.exitCode;
}

function defaultFolder(config: string, shard: RunCommandOptions['shard']): string {
  const name = basename(config).replace(/\.ya?ml$/, '');
  return `results/${name}${shard ? `-${shard.index}-of-${shard.of}` : ''}`;
}
