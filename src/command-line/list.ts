import { Argument, type Command } from 'commander';
import { InputError } from '../contracts/input-error.ts';
import { didYouMean } from '../plugins/nearest-name.ts';
import type { Finish } from './program.ts';

/** The kinds that can be listed; see `src/commands/list.ts`. */
export const LISTS = [
  'fitters',
  'experiments',
  'protocols',
  'metrics',
  'models',
  'figures',
  'tables',
] as const;
export type ListName = (typeof LISTS)[number];

export function declareList(program: Command, finish: Finish): void {
  program
    .command('list')
    .summary('list fitters, protocols, metrics and more, or describe one')
    .description(
      'Lists the names that a config can use, with a description of each. With a name, describes that entry in full: ' +
        'the settings of a fitter with their defaults, and what it needs; the keys of an experiment.',
    )
    .addArgument(new Argument('<what>', LISTS.join(', ')).argParser(listName))
    .argument('[name]', 'name of one of them, or path of a plug-in')
    .option('--json', 'print as JSON')
    .addHelpText(
      'after',
      `
Examples:
  ivim-bench list fitters
  ivim-bench list fitters map
  ivim-bench list protocols --json`,
    )
    .action(async (what: ListName, name: string | undefined, { json = false }: { json?: boolean }) => {
      const { list } = await import('../commands/list.ts');
      finish(await list(what, name, { json }));
    });
}

function listName(word: string): ListName {
  const found = LISTS.find((name) => name === word);
  if (found) return found;
  throw new InputError(`list ${word}: allowed: ${LISTS.join(', ')}${didYouMean(word, LISTS)}`);
}
