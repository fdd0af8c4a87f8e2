import type { Command } from 'commander';
import type { ValidateOptions } from '../commands/validate.ts';
import type { Finish } from './program.ts';
import { allowExternalOption, setOption } from './argument-parsers.ts';

export function declareValidate(program: Command, finish: Finish): void {
  program
    .command('validate')
    .summary('check a config without running it')
    .description('Checks a config: keys, values, protocol, fitters and their settings. Runs nothing.')
    .argument('<config>', 'YAML file of the study')
    .addOption(setOption('override a config value first'))
    .addOption(allowExternalOption())
    .option('--json', 'print the complete config with all defaults')
    .addHelpText('after', '\nExample:\n  ivim-bench validate configs/phantom.yaml --json')
    .action(async (config: string, words: ValidateOptions) => {
      const { validate } = await import('../commands/validate.ts');
      finish(await validate(config, words));
    });
}
