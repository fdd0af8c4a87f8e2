import type { Command } from 'commander';
import type { MergeOptions } from '../commands/merge.ts';
import type { Finish } from './program.ts';

export function declareMerge(program: Command, finish: Finish): void {
  program
    .command('merge')
    .summary('merge the shards of a run')
    .description(
      'Merges the folders written by `ivim-bench run --shard` into one and writes its tables, figures and report.\n' +
        'All must come from the same config; times keep the name of the processor they were measured on.',
    )
    .argument('<folders...>', 'folders written by `ivim-bench run`')
    .requiredOption('-o, --out <folder>', 'folder for the whole run')
    .option('--json', 'print a summary as JSON')
    .addHelpText(
      'after',
      '\nExample:\n  ivim-bench merge results/phantom-1-of-2 results/phantom-2-of-2 --out results/phantom',
    )
    .action(async (folders: string[], words: MergeOptions) => {
      const { merge } = await import('../commands/merge.ts');
      finish(await merge(folders, words));
    });
}
