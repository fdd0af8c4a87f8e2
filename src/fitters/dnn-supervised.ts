import { z } from 'zod';
import type { Fitter, FitTask, PreparedFitter } from '../contracts/fitter.ts';
import { InputError } from '../contracts/input-error.ts';
import type { LabelledSignals } from '../contracts/voxels.ts';
import { chooseEngine, ENGINES } from '../nets/choose-engine.ts';
import type { ChosenEngine } from '../nets/choose-engine.ts';
import { DecayNetwork, OUTPUT_ORDERS } from '../nets/decay-network.ts';
import type { DenseNetwork, DenseWeights } from '../nets/engine.ts';
import { initialWeights } from '../nets/initialise.ts';
import { oneCycle } from '../nets/learning-rate.ts';
import { openNetwork, saveNetwork } from '../nets/saved-model.ts';
import type { SavedNetwork } from '../nets/saved-model.ts';
import { trainEndless } from '../nets/train-endless.ts';
import { QuickRandom } from '../random/quick-random.ts';
import { deriveSeed } from '../random/seed.ts';
import { labelledRows, type LabelledRows } from './dnn-supervised/labelled-rows.ts';

const settings = z.strictObject({
  depth: z.int().min(1).max(32).default(3).describe('hidden layers'),
  width: z.int().min(1).max(4096).default(64).describe('units in each hidden layer'),
  learningRate: z
    .number()
    .positive()
    .default(4e-3)
    .describe('step size of Adam where the one-cycle schedule has its peak'),
  batch: z
    .int()
    .positive()
    .default(1024)
    .describe('voxels per step, drawn from all; at most as many as there are'),
  epochs: z.int().positive().default(60).describe('times that as many voxels are met as there are'),
  engine: z
    .enum(['auto', ...ENGINES])
    .default('auto')
    .describe('what computes; `auto` takes the quickest there is'),
});
type Settings = z.infer<typeof settings>;

const [ORDER] = OUTPUT_ORDERS;

/**
 * A network that learns the truth of its training voxels: the least mean squared error of Dp, D and f, each in its own
 * standard deviation. It gets the same signals as `dnn`, without b=0, and nothing of the noise.
 *
 * Statuses: `converged`; `atBound` where a fraction outside 0..1 or a negative rate was moved to the bound; `notFinite`.
 */
const dnnSupervised: Fitter<Settings> = {
  label: 'Supervised network',
  source:
    'Bertleff et al., Diffusion parameter mapping with the combined IVIM and kurtosis model using artificial neural networks at 3 T, NMR Biomed 2017;30:e3833',
  settings,
  settingsWithModel: ['engine'],
  trains: 'on given voxels',
  async environment({ engine }) {
    const chosen = await chooseEngine(engine);
    return { engine: chosen.engine.name, engineDescription: chosen.engine.description };
  },
  async prepare(task, settings) {
    const chosen = await chooseEngine(settings.engine);
    const trained = task.model
      ? await openNetwork(task.model, { fitter: 'dnn-supervised', bValues: task.bValues })
      : await trainNetwork(task, settings, chosen);
    return use(trained, chosen);
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

/** A batch of voxels drawn with replacement. */
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

/** The weights of a network that answers in mm²/s and fractions. */
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

function use({ description, weights }: SavedNetwork, { engine, reason }: ChosenEngine): PreparedFitter {
  const { network, outputs, training } = description;
  const predictor = engine.use(network, weights);
  const decay = new DecayNetwork(predictor, network.inputs, outputs);
  return {
    fit: (signals, out) => decay.fit(signals, out),
    save: () => saveNetwork(description, weights),
    losses: training.losses,
    notes: [reason, `trained on the truth of ${training.voxels} simulated voxels`],
    backend: engine.description,
    backendReason: reason,
    dispose: () => predictor.dispose(),
  };
}
