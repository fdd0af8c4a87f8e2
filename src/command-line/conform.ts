import type { Command } from 'commander';
import type { Finish } from './program.ts';

export function declareConform(program: Command, finish: Finish): void {
  program
    .command('conform')
    .summary('check that a fitter keeps to its contract')
    .description(
      'Runs a fitter on simulated and on odd voxels and checks that it keeps to its contract: a line per check, ' +
        'and exit code 1 where one fails.',
    )
    .argument('<fitter>', 'path of a file with a fitter, or the name of one')
    .addHelpText('after', '\nExample:\n  ivim-bench conform ./my-fitter.ts')
    .action(async (fitter: string) => {
      const { conform } = await import('../commands/conform.ts');
      finish(await conform(fitter));
    });
}
