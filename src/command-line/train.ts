import type { Command } from 'commander';
import type { TrainOptions } from '../commands/train.ts';
import type { Finish } from './program.ts';
import { names, setOption } from './argument-parsers.ts';

export function declareTrain(program: Command, finish: Finish): void {
  program
    .command('train')
    .summary('train the networks of a study and save them')
    .description(
      'Trains the network fitters of a study on its training voxels and saves each in a folder of its own.',
    )
    .argument('<config>', 'YAML file of the study')
    .requiredOption('-o, --out <folder>', 'folder for the networks: one folder per fitter in it')
    .option('--only <fitters>', 'train these fitters alone, by name, with commas between them', names)
    .addOption(setOption('change the config, as in training.voxels=10000'))
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
