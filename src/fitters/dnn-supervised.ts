import { z } from 'zod';
import type { FitTask, Fitter } from '../contracts/fitter.ts';
import { InputError } from '../contracts/input-error.ts';
import type { LabelledSignals } from '../contracts/voxels.ts';
import { chooseEngine, engineEnvironment, engineSetting } from '../nets/choose-engine.ts';
import type { ChosenEngine } from '../nets/choose-engine.ts';
import { OUTPUT_ORDERS } from '../nets/decay-network.ts';
import type { DenseNetwork, DenseWeights } from '../nets/engine.ts';
import { networkInUse } from '../nets/network-in-use.ts';
import { initialWeights } from '../nets/initialise.ts';
import { oneCycle } from '../nets/learning-rate.ts';
import { isTrainable, writeRow } from '../nets/network-rows.ts';
import { openNetwork } from '../nets/saved-model.ts';
import type { SavedNetwork } from '../nets/saved-model.ts';
import { trainEndless } from '../nets/train-endless.ts';
import { QuickRandom } from '../random/quick-random.ts';
import { deriveSeed } from '../random/seed.ts';

/** Training voxels in the input format of the network: signals without b=0, and standardised true parameters. */
interface LabelledRows {
  readonly n: number;
  readonly inputs: number;
  /** n x inputs, row-major. */
  readonly signals: Float32Array;
  /** n x Dp, D, f, each minus its mean and over its standard deviation. */
  readonly truths: Float32Array;
  readonly mean: readonly number[];
  readonly sd: readonly number[];
}

/** Every voxel with usable signals and a known truth. */
function labelledRows({ signals, truth }: LabelledSignals): LabelledRows {
  const inputs = signals.bValues.length - 1;
  const columns = [truth.Dp, truth.D, truth.f];
  const usable: number[] = [];
  for (let i = 0; i < signals.n; i++) {
    const isKnown = columns.every((column) => Number.isFinite(column[i]));
    if (isKnown && isTrainable(signals, i)) usable.push(i);
  }
  const n = usable.length;
  const mean = columns.map((column) => usable.reduce((sum, i) => sum + column[i], 0) / n);
  const sd = columns.map((column, k) => {
    const square = usable.reduce((sum, i) => sum + (column[i] - mean[k]) ** 2, 0) / n;
    // A constant needs no unit; any will do.
    return Math.sqrt(square) || 1;
  });
  const values = new Float32Array(n * inputs);
  usable.forEach((voxel, row) => writeRow(signals, voxel, values, row, inputs));
  const truths = Float32Array.from({ length: 3 * n }, (_, at) => {
    const k = at % 3;
    return (columns[k][usable[(at - k) / 3]] - mean[k]) / sd[k];
  });
  return { n, inputs, signals: values, truths, mean, sd };
}

const settings = z.strictObject({
  depth: z.int().min(1).max(32).default(3).describe('number of hidden layers'),
  width: z.int().min(1).max(4096).default(64).describe('units in each hidden layer'),
  learningRate: z
    .number()
    .positive()
    .default(4e-3)
    .describe('peak learning rate of Adam in the one-cycle schedule'),
  batch: z
    .int()
    .positive()
    .default(1024)
    .describe('voxels per step, drawn from all; at most as many as there are'),
  epochs: z.int().positive().default(60).describe('number of passes over as many voxels as there are'),
  engine: engineSetting,
});
type Settings = z.infer<typeof settings>;

const [ORDER] = OUTPUT_ORDERS;

/**
 * A supervised network: minimises the mean squared error of Dp, D and f, each in units of its standard deviation. Its inputs
 * are those of `dnn`, without b=0, and do not include the noise.
 *
 * Statuses: `converged`; `atBound` if a fraction outside 0..1 or a negative rate was moved to the bound; `notFinite`.
 */
const dnnSupervised: Fitter<Settings> = {
  label: 'Supervised network',
  source:
    'Bertleff et al., Diffusion parameter mapping with the combined IVIM and kurtosis model using artificial neural networks at 3 T, NMR Biomed 2017;30:e3833',
  inexact: true,
  settings,
  settingsWithModel: ['engine'],
  trains: 'on given voxels',
  environment: engineEnvironment,
  async prepare(task, settings) {
    const chosen = await chooseEngine(settings.engine);
    const trained = task.model
      ? await openNetwork(task.model, { fitter: 'dnn-supervised', bValues: task.bValues })
      : await trainNetwork(task, settings, chosen);
    const { voxels } = trained.description.training;
    return networkInUse(trained, chosen, `trained on the truth of ${voxels} simulated voxels`);
  },
};
export default dnnSupervised;

async function trainNetwork(
  task: FitTask,
  settings: Settings,
  { engine }: ChosenEngine,
): Promise<SavedNetwork> {
  if (!task.training) throw new InputError('dnn-supervised needs voxels to train on, or a saved model');
  const rows = rowsOf(await task.training());
  const network: DenseNetwork = {
    inputs: rows.inputs,
    hidden: Array.from({ length: settings.depth }, () => settings.width),
    activation: 'silu',
    outputs: 3,
    head: { kind: 'linear' },
  };
  const batch = Math.min(settings.batch, rows.n);
  const steps = Math.ceil((settings.epochs * rows.n) / batch);
  const { last, losses } = await trainEndless(engine, {
    network,
    weights: initialWeights(network, deriveSeed(task.seed, 'weights')),
    loss: { kind: 'squared', weights: [1, 1, 1] },
    batch,
    steps,
    draw: (step, x, target) => drawRows(rows, deriveSeed(task.seed, 'batch', step), batch, x, target),
    learningRate: oneCycle(settings.learningRate, steps),
    adam: { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
    averageOver: 0,
    onProgress: (done, loss) =>
      task.onProgress?.(done / steps, `step ${done} of ${steps}, loss ${loss.toPrecision(4)}`),
  });
  return {
    description: {
      fitter: 'dnn-supervised',
      bValues: [...task.bValues],
      network,
      outputs: ORDER,
      training: {
        voxels: rows.n,
        origin: 'simulated',
        ...(task.tissue ? { tissue: task.tissue } : {}),
        settings,
        seed: task.seed,
        stoppedBy: 'epochs',
        bestEpoch: losses.length,
        losses,
      },
      versions: { engine: engine.description },
    },
    weights: inUnits(last, rows),
  };
}

function rowsOf(voxels: LabelledSignals): LabelledRows {
  const rows = labelledRows(voxels);
  if (rows.n > 0) return rows;
  throw new InputError(
    'dnn-supervised learns from voxels whose truth is known, and was given none: train it on simulated ones',
  );
}

/** Draws a batch of voxels with replacement. */
function drawRows(
  { n, inputs, signals, truths }: LabelledRows,
  seed: number,
  batch: number,
  x: Float32Array,
  target: Float32Array,
): void {
  const random = new QuickRandom(seed);
  for (let i = 0; i < batch; i++) {
    const chosen = Math.floor(n * random.uniform());
    for (let k = 0; k < inputs; k++) x[i * inputs + k] = signals[chosen * inputs + k];
    for (let k = 0; k < 3; k++) target[i * 3 + k] = truths[chosen * 3 + k];
  }
}

/** Converts the weights to those of a network that returns mm²/s and fractions. */
function inUnits(weights: DenseWeights, { mean, sd }: LabelledRows): DenseWeights {
  const { weight, bias } = weights[weights.length - 1];
  const inputs = weight.length / 3;
  return [
    ...weights.slice(0, -1),
    {
      weight: weight.map((value, i) => value * sd[Math.floor(i / inputs)]),
      bias: bias.map((value, k) => mean[k] + value * sd[k]),
    },
  ];
}
