import { z } from 'zod';
import type { Fitter, FitTask, PreparedFitter, SavedModel } from '../contracts/fitter.ts';
import { InputError } from '../contracts/input-error.ts';
import { chooseEngine, engineEnvironment, engineSetting } from '../nets/choose-engine.ts';
import type { ChosenEngine } from '../nets/choose-engine.ts';
import { learntOrder } from '../nets/decay-network.ts';
import type { DenseNetwork, DenseWeights } from '../nets/engine.ts';
import { initialWeights } from '../nets/initialise.ts';
import { networkInUse } from '../nets/network-in-use.ts';
import { networkRows } from '../nets/network-rows.ts';
import { openNetwork } from '../nets/saved-model.ts';
import type { NetworkDescription, SavedNetwork } from '../nets/saved-model.ts';
import { train } from '../nets/train.ts';
import { deriveSeed } from '../random/seed.ts';
import { counted } from '../wording/counted.ts';

const settings = z.strictObject({
  depth: z
    .int()
    .min(0)
    .max(32)
    .default(3)
    .describe('number of hidden layers; 0 is a linear map to the three outputs'),
  width: z
    .union([z.literal('inputs'), z.int().min(1).max(4096)])
    .default('inputs')
    .describe('units in each hidden layer; `inputs` is the number of b-values without b=0, as in the study'),
  engine: engineSetting,
  learningRate: z.number().positive().default(1e-3).describe('learning rate of Adam'),
  batch: z.int().positive().default(128).describe('voxels per step'),
  epochs: z.int().positive().default(1000).describe('maximum number of epochs'),
  patience: z
    .int()
    .positive()
    .default(10)
    .describe('stop after this many consecutive epochs without a new lowest training loss'),
  restore_best: z
    .enum(['study', 'last', 'best'])
    .default('study')
    .describe(
      'final weights: `best`, those after the epoch with the lowest training loss; `last`, those at the end of training; ' +
        "`study`, as in the study's code, which intends to keep the best ones but stores a reference that training goes on " +
        'changing, so that it uses the last ones',
    ),
});
type Settings = z.infer<typeof settings>;
type StartedFrom = NonNullable<NetworkDescription['training']['startedFrom']>;

/**
 * The study's network: hidden layers as wide as its input with ELU, and three outputs made positive by their absolute value.
 * Trained without truth: the loss is the mean squared difference between the signals and the decay reconstructed from the
 * outputs. Its inputs are the signals without b=0, in float32.
 *
 * Statuses: `converged`; `atBound` if the fraction was outside 0..1 and moved to the bound; `notFinite`.
 */
const dnn: Fitter<Settings> = {
  label: 'Deep network',
  source:
    'Barbieri et al., Deep learning how to fit an intravoxel incoherent motion model to diffusion-weighted MRI, Magn Reson Med 2020;83:312-321',
  inexact: true,
  settings,
  settingsWithModel: ['engine'],
  trains: 'on given voxels',
  environment: engineEnvironment,
  async prepare(task, settings) {
    const chosen = await chooseEngine(settings.engine);
    const trained = task.model
      ? await openNetwork(task.model, { fitter: 'dnn', bValues: task.bValues })
      : await trainNetwork(task, settings, chosen);
    return use(trained, chosen);
  },
};
export default dnn;

async function trainNetwork(
  task: FitTask,
  settings: Settings,
  { engine }: ChosenEngine,
): Promise<SavedNetwork> {
  if (!task.training) throw new InputError('dnn needs voxels to train on, or a saved model');
  const { signals, truth } = await task.training();
  const rows = networkRows(signals);
  if (rows.n < settings.batch) {
    throw new InputError(
      `dnn trains on batches of ${settings.batch} voxels and was given ${rows.n} usable ones: give more, or set batch to at most ${rows.n}`,
    );
  }
  const width = settings.width === 'inputs' ? rows.inputs : settings.width;
  const network: DenseNetwork = {
    inputs: rows.inputs,
    hidden: Array.from({ length: settings.depth }, () => width),
    activation: 'elu',
    outputs: 3,
    head: { kind: 'abs' },
  };
  const initial = task.initial && (await initialNetwork(task.initial, task.bValues, network));
  const training = await train(engine, {
    network,
    weights: initial?.weights ?? initialWeights(network, deriveSeed(task.seed, 'weights')),
    loss: { kind: 'rebuild', bValues: task.bValues.slice(1) },
    rows,
    batch: settings.batch,
    epochs: settings.epochs,
    patience: settings.patience,
    adam: { learningRate: settings.learningRate, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
    seed: deriveSeed(task.seed, 'order'),
    onEpoch: ({ epoch, loss }) =>
      task.onProgress?.(epoch / settings.epochs, `epoch ${epoch}, loss ${loss.toPrecision(6)}`),
  });
  const weights = settings.restore_best === 'best' ? training.best : training.last;
  const predictor = engine.use(network, weights);
  const outputs = learntOrder(predictor, rows.values, rows.n);
  predictor.dispose();
  const description: NetworkDescription = {
    fitter: 'dnn',
    bValues: [...task.bValues],
    network,
    outputs,
    training: {
      voxels: rows.n,
      origin: truth.D.some((D) => !Number.isNaN(D)) ? 'simulated' : 'measured',
      ...(task.tissue ? { tissue: task.tissue } : {}),
      settings,
      seed: task.seed,
      ...(initial ? { startedFrom: initial.training } : {}),
      stoppedBy: training.stoppedBy,
      bestEpoch: training.bestEpoch,
      losses: training.losses,
    },
    versions: { engine: engine.description },
  };
  return { description, weights };
}

/** @throws InputError if it is for other b-values, or its layers differ from the settings */
async function initialNetwork(
  model: SavedModel,
  bValues: Float64Array,
  wanted: DenseNetwork,
): Promise<{ weights: DenseWeights; training: StartedFrom }> {
  const { description, weights } = await openNetwork(model, { fitter: 'dnn', bValues });
  const { network, training } = description;
  if (network.hidden.join() !== wanted.hidden.join()) {
    throw new InputError(
      `dnn: the network to begin with has layers of ${network.hidden.join(', ')} units, the settings ask for ${wanted.hidden.join(', ')}`,
    );
  }
  const { voxels, origin, losses } = training;
  return { weights, training: { voxels, origin, epochs: losses.length } };
}

function use(saved: SavedNetwork, chosen: ChosenEngine): PreparedFitter {
  const { voxels, origin, losses, bestEpoch, stoppedBy } = saved.description.training;
  const trained = `trained on ${voxels} ${origin} voxels for ${counted(losses.length, 'epoch')} (lowest loss in epoch ${bestEpoch}), stopped by ${stoppedBy}`;
  return networkInUse(saved, chosen, trained);
}
