import type { Command } from 'commander';
import type { RunCommandOptions } from '../commands/run.ts';
import type { Finish } from './program.ts';
import { integerFrom, names, setOption, shard } from './argument-parsers.ts';

export function declareRun(program: Command, finish: Finish): void {
  program
    .command('run')
    .summary('carry a study out and write its tables, figures and report')
    .description(
      'Carries a study out: simulates its voxels, prepares and runs its fitters, and writes tables, figures and a report.\n' +
        'Started again, it goes on where it stopped and repeats nothing that is done and unchanged.',
    )
    .argument('<config>', 'YAML file of the study')
    .option(
      '-o, --out <folder>',
      'folder for the results (default: results/<name of the config>, with a shard -i-of-n)',
    )
    .option('--only <fitters>', 'run these fitters alone, by name, with commas between them', names)
    .addOption(setOption('change the config, as in data.voxels=1000 or fitters.dnn.epochs=50'))
    .option('--fresh', 'forget what is stored and do everything again')
    .option('--workers <n>', 'worker threads (default: one per core)', integerFrom(1))
    .option('--shard <i/n>', 'do the i-th of n parts alone; `ivim-bench merge` puts them together', shard)
    .option('--dry-run', 'list every cell with what would be done and why, and do none of it')
    .option('--allow-external', 'let the config start the programs it names as fitters')
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
