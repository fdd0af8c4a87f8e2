import type { Command } from 'commander';
import type { TrainOptions } from '../commands/train.ts';
import type { Finish } from './program.ts';
import { allowExternalOption, names, setOption } from './argument-parsers.ts';

export function declareTrain(program: Command, finish: Finish): void {
  program
    .command('train')
    .summary('train the networks of a study and save them')
    .description(
      'Trains the network fitters of a study on its training voxels and saves each in its own folder.',
    )
    .argument('<config>', 'YAML file of the study')
    .requiredOption('-o, --out <folder>', 'folder for the networks, with one subfolder per fitter')
    .option('--only <fitters>', 'train only these fitters (comma-separated names)', names)
    .addOption(setOption('override a config value, e.g. training.voxels=10000'))
    .addOption(allowExternalOption())
    .option('--json', 'print a summary as JSON')
    .option('-q, --quiet', 'no progress')
    .addHelpText(
      'after',
      `
Examples:
  ivim-bench train configs/phantom.yaml --out networks
  ivim-bench fit voxels.csv --fitter dnn --model networks/dnn --out estimates.csv`,
    )
    .action(async (config: string, words: TrainOptions) => {
      const { train } = await import('../commands/train.ts');
      finish(await train(config, words));
    });
}
