import { CONCURRENT_CELLS } from '../contracts/metric.ts';

/**
 * Factors of rows, in addition to experiment, method and parameter: one column of `tables/metrics.csv` each, empty where not
 * applicable.
 */
export const FACTORS: ReadonlyMap<string, string> = new Map([
  [
    'snr',
    'signal-to-noise ratio at b = 0: S0 divided by the standard deviation of the noise in each quadrature channel',
  ],
  [
    'sigma',
    'in place of `snr`, where every test voxel draws a standard deviation of its own: the range, `0 to 165`, in the unit of S0',
  ],
  ['protocol', 'name of the protocol, if a run has several'],
  ['signals', 'what the voxels hold: a tissue, or signals that the model does not describe'],
  ['true_D', 'D of all voxels of a node of a grid of tissues, mm²/s'],
  ['true_f', 'f of all voxels of a node'],
  ['true_Dp', 'Dp of all voxels of a node, mm²/s'],
  ['depth', 'hidden layers of the network'],
  ['training_voxels', 'voxels the network was trained on'],
  ['Dp_up_to', 'upper end of the range of the true Dp in training and test, mm²/s'],
  ['run', 'number of the training, from 1, among those that differ in their seed'],
  ['chosen', 'which training by its loss: `best`, `median` or `worst`'],
  ['from', 'lower edge of a bin of a histogram, in the unit of the parameter, or of a probability'],
  ['to', 'upper edge of that bin'],
  ['epoch', 'epoch of a training curve, from 1'],
  ['trained_on', 'condition the network was trained for'],
  ['used_on', 'condition of the test voxels'],
  ['tuned_on', 'voxels of the condition it is used on that training continued on; 0 without'],
  ['subject', 'subject of a data set'],
  ['session', 'session of a subject, such as a field strength'],
  ['reader', 'reader who drew the region'],
  ['readers', 'two readers, the second subtracted from the first'],
  ['region', 'region of interest; `all` for the mean over regions'],
  ['what', 'what is missing, in words'],
  ['leaves_out', 'what is left out because of it'],
  ['stage', 'sessions that one preparation of a fitter serves, or a slice'],
  [
    'set',
    'cases a value is of: `train`, `validation` (what early stopping or a choice saw), `test`, `population` (virtual cases drawn for nothing else), or `other` (deformations of another head than those of all other sets)',
  ],
  ['split', 'number of the division of subjects into training, validation and test, from 1'],
  ['seed', 'number of the training on a split, from 1, among those that differ in their seed'],
  ['modality', 'image a classifier sees: `T1w`, `T2w`, `adc`, or `all` of them together'],
  [
    'condition',
    'what a network was given, or how it was trained, other than the study says; empty for the study’s own settings',
  ],
  [
    'reference',
    'what an image is compared with: the mean of `six` repetitions, or the `truth`; of regions, the `truth` or a reader',
  ],
  ['fold', 'number of the fold of people that a training leaves for the test, from 1'],
  [
    'shift',
    'what was done to the weighted images that a network is given: `T2w zeroed`, `PDw and T2w zeroed`, `moved by 6 mm`, or `swapped` for those of another subject; empty for nothing',
  ],
  ['coils', 'receive coils that k-space is measured with'],
  ['acceleration', 'how many times fewer lines of k-space are measured than there are'],
  [
    'changed',
    'what of the measured data differs from training: the noise, the acceleration or the contrast; empty for nothing',
  ],
  ['lesion', 'whether the weighted images show a lesion: `seen` or `unseen`'],
  [
    'denoising',
    'what a diffusion-weighted series went through before the fit: `none`, `Gaussian filter`, `MP-PCA`, or the name of a network',
  ],
  ['training_cases', 'cases a classifier was trained on'],
  ['compared_with', 'the classifier or other method that a difference is from'],
  ['false_positive_rate', '1 - specificity at a point of an ROC curve'],
  ['cpu', 'processor that a time was measured on'],
  ['backend', 'what computed: `JavaScript`, `WASM`, `TensorFlow`, …'],
  ['threads', 'threads it used'],
  [CONCURRENT_CELLS, 'other cells that may have run while the time was measured'],
]);
