import { Option, type Command } from 'commander';
import type { FitOptions } from '../commands/fit.ts';
import type { Finish } from './program.ts';
import { integerFrom, positive, setOption, sigma } from './argument-parsers.ts';

type FitCommandOptions = Omit<FitOptions, 'signals' | 'command'>;

export function declareFit(program: Command, finish: Finish): void {
  program
    .command('fit')
    .summary('fit your own scan or table')
    .description('Fits the voxels of a scan, a CSV table or a NumPy array.')
    .argument(
      '<signals...>',
      '.nii or .nii.gz (one 4D file, or one 3D file per b-value), one .csv or .npy, or a folder of DICOM',
    )
    .option(
      '-f, --fitter <name>',
      'name of a fitter (ivim-bench list fitters) or path of its file (default: the fitter of --model, or any-protocol-net); two, as in a,b, are compared on a scan',
    )
    .requiredOption('-o, --out <path>', 'folder for the maps of a scan; .csv or .npy file for a table')
    .option('--bval <file>', 'b-values in s/mm² in FSL format; required for .nii and .npy')
    .option('--series <word>', 'which series of a folder of DICOM: its number, or a word of its name')
    .option('--mask <file>', 'fit only where this image is not 0; `auto` computes a mask from the scan')
    .option(
      '--ignore-space',
      'use the voxels of the mask in file order and ignore the position in its header',
    )
    .option('--regions <file>', 'also write a table of the regions of this image, a number each, 0 for none')
    .option(
      '--labels <file>',
      'names of the regions: a .tsv with the columns index and name (default: the one beside --regions)',
    )
    .option(
      '--segment <folder>',
      'instead of --regions: let this network, as saved by a run of the experiment segmentation, mark the regions of the scan',
    )
    .option('--model <folder>', 'a trained network, as written by ivim-bench train')
    .addOption(setOption('override a setting of the fitter, e.g. threshold=200'))
    .option(
      '--sigma <noise>',
      'standard deviation of the noise per quadrature channel, in the unit of the signals: a number, a NIfTI image of it, or `local` to estimate one that varies over the scan',
      sigma,
    )
    .option('--snr <number>', 'instead of --sigma: median signal at b=0 divided by the noise', positive)
    .option('--tissue <yaml>', 'distribution of the tissue parameters, as YAML or a file')
    .option('--intervals', 'write standard deviations and 95 % intervals too')
    .option('--no-intervals', 'write none, even if the fitter gives them by default')
    .option('--bids', 'name the maps of a scan as in a BIDS derivative, with a JSON sidecar each')
    .addOption(
      new Option(
        '--background <value>',
        'value of voxels without an estimate in maps; zero is for viewers that cannot show NaN (default: nan)',
      ).choices(['nan', 'zero']),
    )
    .option('--no-report', 'write no report.html beside the maps of a scan')
    .option('--seed <n>', 'seed of everything random (default: 0)', integerFrom(0))
    .option('--workers <n>', 'worker threads (default: one per core)', integerFrom(1))
    .option('--json', 'print a summary as JSON')
    .option('-q, --quiet', 'no progress and no notes')
    .option('-v, --verbose', 'also print which engine computes a network')
    .addHelpText(
      'after',
      `
Examples:
  ivim-bench fit scan.nii.gz --bval scan.bval --out maps
  ivim-bench fit scan.nii.gz --bval scan.bval --mask brain.nii.gz --fitter ls-global --out maps
  ivim-bench fit DICOM --series ivim --out maps
  ivim-bench fit voxels.csv --fitter segmented --set threshold=200 --out estimates.csv
  ivim-bench fit signals.npy --bval scheme.bval --fitter dnn --model networks/dnn --out estimates.npy

The default fitter is a network trained for any b-values. Without --sigma and --snr, one noise level is estimated from the air around
the body or from the residuals of least squares, and reported; --sigma local estimates that of every voxel.
A table has the columns b0, b10, …; without b0 its rows count as normalised, unless signals are far above 1. Maps are D and Dp
(mm²/s), f, S0 and a status per voxel; voxels that could not be fitted are NaN. Without --model, a network is trained on the
voxels to be fitted.`,
    )
    .action(async (signals: string[], words: FitCommandOptions) => {
      const { fit } = await import('../commands/fit.ts');
      finish(await fit({ ...words, signals, command: process.argv.slice(2) }));
    });
}
