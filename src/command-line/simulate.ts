import { Option, type Command } from 'commander';
import type { SimulateWords } from '../commands/simulate.ts';
import type { Finish } from './program.ts';
import { setOption } from './words.ts';

export function declareSimulate(program: Command, finish: Finish): void {
  program
    .command('simulate')
    .summary('write the simulated voxels of a study')
    .description('Writes the simulated voxels of a study with their truth, one folder per noise level.')
    .argument('<config>', 'YAML file of the study')
    .requiredOption('-o, --out <folder>', 'folder for the voxels')
    .addOption(
      new Option('--format <format>', 'format of the files').choices(['csv', 'npy', 'nifti']).default('csv'),
    )
    .addOption(setOption('change the config, as in data.voxels=100'))
    .option('--training', 'write the voxels that networks are trained on, too')
    .option('--json', 'print the files as JSON')
    .addHelpText(
      'after',
      `
Examples:
  ivim-bench simulate configs/phantom.yaml --out voxels
  ivim-bench simulate configs/phantom.yaml --set 'data.noise={snr: [20]}' --format nifti --out scan`,
    )
    .action(async (config: string, words: SimulateWords) => {
      const { simulate } = await import('../commands/simulate.ts');
      finish(await simulate(config, words));
    });
}
