import type { Command } from 'commander';
import type { ViewOptions } from '../commands/view.ts';
import { integerFrom } from './argument-parsers.ts';
import type { Finish } from './program.ts';

export function declareView(program: Command, finish: Finish): void {
  program
    .command('view')
    .summary('fit scans in the browser: maps, decays, regions')
    .description(
      'Opens a page that fits scans in the browser and shows maps, the decay of every voxel and statistics of regions. ' +
        'It is served to this machine alone, and scans stay in the browser.',
    )
    .argument(
      '[scan...]',
      'what the page opens: a .nii or .nii.gz image, its .bval file (found beside it), a mask, labels, or a folder of DICOM',
    )
    .option('--port <n>', 'port (default: any that is free)', integerFrom(1))
    .option('--no-open', 'print the address only')
    .addHelpText(
      'after',
      `
Examples:
  ivim-bench view
  ivim-bench view scan.nii.gz mask.nii.gz
  ivim-bench view DICOM`,
    )
    .action(async (scans: string[], words: ViewOptions) => {
      const { view } = await import('../commands/view.ts');
      finish(await view(scans, words));
    });
}
