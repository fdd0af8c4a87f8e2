import type { Command } from 'commander';
import type { RunCommandOptions } from '../commands/run.ts';
import type { Finish } from './program.ts';
import { allowExternalOption, integerFrom, names, setOption, shard } from './argument-parsers.ts';

export function declareRun(program: Command, finish: Finish): void {
  program
    .command('run')
    .summary('run a study and write its tables, figures and report')
    .description(
      'Runs a study: simulates its voxels, prepares and runs its fitters, and writes tables, figures and a report.\n' +
        'When started again, it resumes where it stopped and reuses stored results that are unchanged.',
    )
    .argument('<config>', 'YAML file of the study')
    .option(
      '-o, --out <folder>',
      'folder for the results (default: results/<name of the config>, plus -i-of-n for a shard)',
    )
    .option('--only <fitters>', 'run only these fitters (comma-separated names)', names)
    .addOption(setOption('override a config value, e.g. data.voxels=1000 or fitters.dnn.epochs=50'))
    .option('--fresh', 'ignore stored results and run everything again')
    .option('--workers <n>', 'worker threads (default: one per core)', integerFrom(1))
    .option('--shard <i/n>', 'run only the i-th of n parts; merge them with `ivim-bench merge`', shard)
    .option('--dry-run', 'list every cell with the planned action and its reason; run nothing')
    .option('--parquet', 'also write tables/metrics.parquet, the rows of metrics.csv')
    .addOption(allowExternalOption())
    .option('--json', 'print a summary as JSON')
    .option('-q, --quiet', 'no progress')
    .addHelpText(
      'after',
      `
Examples:
  ivim-bench run configs/phantom.yaml
  ivim-bench run configs/phantom.yaml --only ls,mmse --set data.voxels=1000 --out /tmp/quick
  ivim-bench run configs/phantom.yaml --dry-run
  ivim-bench run configs/phantom.yaml --shard 1/2
  ivim-bench run mine.yaml --set 'fitters.map.prior={Dp: {median: .04, sigma: 1}, D: {median: .001, sigma: .5}, f: {a: 2, b: 6}}'`,
    )
    .action(async (config: string, words: RunCommandOptions) => {
      const { run } = await import('../commands/run.ts');
      finish(await run(config, words));
    });
}
