import type { Command } from 'commander';
import type { FitOptions } from '../commands/fit.ts';
import type { Finish } from './program.ts';
import { integerFrom, positive, setOption } from './argument-parsers.ts';

type FitCommandOptions = Omit<FitOptions, 'signals'>;

export function declareFit(program: Command, finish: Finish): void {
  program
    .command('fit')
    .summary('fit your own scan or table')
    .description('Fits the voxels of a scan, a CSV table or a NumPy array.')
    .argument(
      '<signals...>',
      '.nii or .nii.gz (one 4D file, or one 3D file per b-value), or one .csv or .npy',
    )
    .option(
      '-f, --fitter <name>',
      'name of a fitter (ivim-bench list fitters), or path of one (default: that of --model, or any-protocol-net)',
    )
    .requiredOption('-o, --out <path>', 'folder for the maps of a scan; .csv or .npy file for a table')
    .option('--bval <file>', 'b-values in s/mm² as FSL writes them; needed for .nii and .npy')
    .option('--mask <file>', 'fit only where this image is not 0; `auto` makes one of the scan')
    .option('--ignore-space', "take the mask's voxels as they come, wherever its header says they lie")
    .option('--model <folder>', 'a trained network, as ivim-bench train leaves it')
    .addOption(setOption("change the fitter's settings, as in threshold=200"))
    .option('--sigma <number>', 'noise per quadrature channel in the unit of the signals', positive)
    .option('--snr <number>', 'in place of --sigma: median signal at b=0 over the noise', positive)
    .option('--tissue <yaml>', "distribution of the tissue's parameters, as YAML or a file")
    .option('--intervals', 'write standard deviations and 95 % intervals too')
    .option('--no-intervals', 'write none, where a fitter tells them unasked')
    .option('--seed <n>', 'seed of everything random (default: 0)', integerFrom(0))
    .option('--workers <n>', 'worker threads (default: one per core)', integerFrom(1))
    .option('--json', 'print a summary as JSON')
    .option('-q, --quiet', 'no progress and no notes')
    .addHelpText(
      'after',
      `
Examples:
  ivim-bench fit scan.nii.gz --bval scan.bval --out maps
  ivim-bench fit scan.nii.gz --bval scan.bval --mask brain.nii.gz --fitter ls-global --out maps
  ivim-bench fit voxels.csv --fitter segmented --set threshold=200 --out estimates.csv
  ivim-bench fit signals.npy --bval scheme.bval --fitter dnn --model networks/dnn --out estimates.npy

Without --fitter a network answers that was trained for any b-values; where neither --sigma nor --snr tells the noise, it is
taken from air around the body or from the residuals of least squares, and said.
A table has the columns b0, b10, …; without b0 its rows count as normalised, unless signals are far above 1. Maps are D and Dp (mm²/s), f, S0 and a
status per voxel; a voxel that could not be fitted is NaN. A network without --model is trained on the voxels it is given.`,
    )
    .action(async (signals: string[], words: FitCommandOptions) => {
      const { fit } = await import('../commands/fit.ts');
      finish(await fit({ ...words, signals }));
    });
}
