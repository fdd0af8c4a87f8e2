import type { Command } from 'commander';
import type { MergeOptions } from '../commands/merge.ts';
import type { Finish } from './program.ts';

export function declareMerge(program: Command, finish: Finish): void {
  program
    .command('merge')
    .summary('put shards of a run together')
    .description(
      'Puts the folders that `ivim-bench run --shard` left into one and writes its tables, figures and report.\n' +
        'They must be of one config; times keep the processor they were measured on.',
    )
    .argument('<folders...>', 'folders that `ivim-bench run` left')
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
