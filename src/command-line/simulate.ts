import { Option, type Command } from 'commander';
import type { SimulateOptions } from '../commands/simulate.ts';
import type { Finish } from './program.ts';
import { allowExternalOption, setOption } from './argument-parsers.ts';

export function declareSimulate(program: Command, finish: Finish): void {
  program
    .command('simulate')
    .summary('write the simulated data of a study')
    .description(
      'Writes the simulated data of a study with its truth: voxels, one folder per noise level, or volunteers as a BIDS data set.',
    )
    .argument('<config>', 'YAML file of the study')
    .requiredOption('-o, --out <folder>', 'folder for the voxels or the data set')
    .addOption(
      new Option('--format <format>', 'format of voxels, csv by default').choices(['csv', 'npy', 'nifti']),
    )
    .addOption(setOption('override a config value, e.g. data.voxels=100'))
    .option('--training', 'also write the training voxels of the networks')
    .addOption(allowExternalOption())
    .option('--json', 'print the files as JSON')
    .addHelpText(
      'after',
      `
Examples:
  ivim-bench simulate configs/phantom.yaml --out voxels
  ivim-bench simulate configs/phantom.yaml --set 'data.noise={snr: [20]}' --format nifti --out scan
  ivim-bench simulate configs/volunteers.yaml --out volunteers`,
    )
    .action(async (config: string, words: SimulateOptions) => {
      const { simulate } = await import('../commands/simulate.ts');
      finish(await simulate(config, words));
    });
}
