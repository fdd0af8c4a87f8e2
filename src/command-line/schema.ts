import type { Command } from 'commander';
import type { Finish } from './program.ts';

export function declareSchema(program: Command, finish: Finish): void {
  program
    .command('schema')
    .summary('print the JSON Schema of configs')
    .description(
      'Prints the JSON Schema of configs (draft 2020-12), for completion and validation in editors.',
    )
    .addHelpText(
      'after',
      `
Example:
  ivim-bench schema > ivim-bench.schema.json
  and as the first line of a config:  # yaml-language-server: $schema=ivim-bench.schema.json`,
    )
    .action(async () => {
      const { schema } = await import('../commands/schema.ts');
      finish(await schema());
    });
}
