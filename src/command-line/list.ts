import { Argument, type Command } from 'commander';
import { InputError } from '../contracts/input-error.ts';
import { didYouMean } from '../plugins/nearest-name.ts';
import type { Finish } from './program.ts';

/** What can be listed; `src/commands/list.ts` says how. */
export const LISTS = ['fitters', 'experiments', 'protocols', 'metrics', 'figures', 'tables'] as const;
export type ListName = (typeof LISTS)[number];

export function declareList(program: Command, finish: Finish): void {
  program
    .command('list')
    .summary('list fitters, protocols, metrics and more')
    .description('Lists the names that a config can use, with a description of each.')
    .addArgument(new Argument('<what>', LISTS.join(', ')).argParser(listName))
    .option('--json', 'print as JSON')
    .addHelpText('after', '\nExamples:\n  ivim-bench list fitters\n  ivim-bench list protocols --json')
    .action(async (what: ListName, { json = false }: { json?: boolean }) => {
      const { list } = await import('../commands/list.ts');
      finish(await list(what, { json }));
    });
}

function listName(word: string): ListName {
  const found = LISTS.find((name) => name === word);
  if (found) return found;
  throw new InputError(`list ${word}: allowed: ${LISTS.join(', ')}${didYouMean(word, LISTS)}`);
}
