import { Argument, type Command } from 'commander';
import type { Finish } from './program.ts';

/** What can be listed; `src/commands/list.ts` says how. */
export const LISTS = ['fitters', 'experiments', 'protocols', 'metrics', 'figures', 'tables'] as const;
export type ListName = (typeof LISTS)[number];

export function declareList(program: Command, finish: Finish): void {
  program
    .command('list')
    .summary('list what there is')
    .description('Lists what a config may name, with what each is.')
    .addArgument(new Argument('<what>', 'what to list').choices(LISTS))
    .option('--json', 'print as JSON')
    .addHelpText('after', '\nExamples:\n  ivim-bench list fitters\n  ivim-bench list protocols --json')
    .action(async (what: ListName, { json = false }: { json?: boolean }) => {
      const { list } = await import('../commands/list.ts');
      finish(await list(what, { json }));
    });
}
