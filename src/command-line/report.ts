import type { Command } from 'commander';
import type { ReportOptions } from '../commands/report.ts';
import { allowExternalOption, allowIncompleteOption } from './argument-parsers.ts';
import type { Finish } from './program.ts';

export function declareReport(program: Command, finish: Finish): void {
  program
    .command('report')
    .summary('rewrite tables, figures and report from stored results')
    .description(
      'Rewrites the tables, figures and report of a run from its stored results, without computing anything.',
    )
    .argument('<folder>', 'folder of a run (written by `ivim-bench run`)')
    .option('--config <config>', 'also include the custom tables and figures of this config')
    .addOption(allowExternalOption())
    .addOption(allowIncompleteOption())
    .addHelpText('after', '\nExample:\n  ivim-bench report results/phantom')
    .action(async (folder: string, options: ReportOptions) => {
      const { report } = await import('../commands/report.ts');
      finish(await report(folder, { allowExternal: false, ...options }));
    });
}
