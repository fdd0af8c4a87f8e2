import type { Command } from 'commander';
import type { CompareOptions } from '../commands/compare.ts';
import type { Finish } from './program.ts';
import { allowIncompleteOption, integerFrom } from './argument-parsers.ts';

export function declareCompare(program: Command, finish: Finish): void {
  program
    .command('compare')
    .summary('compare the errors of two runs')
    .description(
      'Compares the errors of two runs on the voxels they share: the ratio of RMSE per fitter, parameter and noise level, with an\n' +
        'interval from a paired bootstrap over voxels, and which run is better, corrected for multiple comparisons.',
    )
    .argument('<first>', 'folder of a run (written by `ivim-bench run`)')
    .argument('<second>', 'folder of another run with the same voxels')
    .option('--resamples <n>', 'number of bootstrap resamples', integerFrom(100), 1000)
    .option('--seed <n>', 'seed of the bootstrap', integerFrom(0), 0)
    .addOption(allowIncompleteOption())
    .option('--json', 'print as JSON; a number that is not finite is null')
    .addHelpText('after', '\nExample:\n  ivim-bench compare results/before results/after')
    .action(async (first: string, second: string, words: CompareOptions) => {
      const { compare } = await import('../commands/compare.ts');
      finish(await compare(first, second, words));
    });
}
