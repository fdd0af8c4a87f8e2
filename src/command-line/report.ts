import type { Command } from 'commander';
import type { ReportOptions } from '../commands/report.ts';
import type { Finish } from './program.ts';

export function declareReport(program: Command, finish: Finish): void {
  program
    .command('report')
    .summary('write tables, figures and report again from stored results')
    .description(
      'Writes the tables, figures and report of a run again from its stored results, without computing any.',
    )
    .argument('<folder>', 'folder that `ivim-bench run` left')
    .option('--config <config>', 'show the tables and figures of this config’s own as well')
    .addHelpText('after', '\nExample:\n  ivim-bench report results/phantom')
    .action(async (folder: string, options: ReportOptions) => {
      const { report } = await import('../commands/report.ts');
      finish(await report(folder, options));
    });
}
