import type { FitTask, SavedModel } from '../../contracts/fitter.ts';
import { InputError } from '../../contracts/input-error.ts';
import type { LabelledSignals, Signals } from '../../contracts/voxels.ts';
import { OUTPUTS_WITH_S0 } from '../../nets/decay-network.ts';
import type { DenseNetwork, DenseWeights, Engine } from '../../nets/engine.ts';
import { initialWeights } from '../../nets/initialise.ts';
import { isTrainable, writeRow } from '../../nets/network-rows.ts';
import { openNetwork } from '../../nets/saved-model.ts';
import type { NetworkDescription, SavedNetwork } from '../../nets/saved-model.ts';
import type { TrainingRows } from '../../nets/shuffled-batches.ts';
import { splitRows, trainHeldOut } from '../../nets/train-held-out.ts';
import { deriveSeed } from '../../random/seed.ts';
import type { BranchedSettings } from './settings.ts';

/** Larger signals are clipped to this in training. */
const HIGHEST = 1.5;

/** Limits of the 95th percentile of the signals in ranges of b-values (s/mm²). */
const LIMITS: readonly { readonly covers: (b: number) => boolean; readonly most: number }[] = [
  { covers: (b) => b < 50, most: 1.3 },
  { covers: (b) => b > 50, most: 1.2 },
  { covers: (b) => b > 150, most: 1 },
];

/**
 * Returns the training voxels, with all b-values of each, and if `supervised` their true Dp, D and f, and 1 for S0. Skips
 * voxels whose signals do not decrease like a decay, with the limits of the code of Kaandorp et al. 2021: air and motion in
 * scans.
 */
function branchedRows({ signals, truth }: LabelledSignals, supervised: boolean): TrainingRows {
  const inputs = signals.bValues.length;
  const chosen = Uint32Array.from({ length: signals.n }, (_, i) => i).filter(
    (i) => isTrainable(signals, i) && isDecay(signals, i) && (!supervised || isKnown(truth, i)),
  );
  const values = new Float32Array(chosen.length * inputs);
  chosen.forEach((voxel, row) => writeRow(signals, voxel, values, row, inputs));
  for (let k = 0; k < values.length; k++) values[k] = Math.min(HIGHEST, values[k]);
  const rows = { n: chosen.length, inputs, values };
  if (!supervised) return rows;
  const targets = new Float32Array(4 * chosen.length);
  chosen.forEach((i, row) => targets.set([truth.Dp[i], truth.D[i], truth.f[i], 1], 4 * row));
  return { ...rows, targets };
}

function isKnown({ D, f, Dp }: LabelledSignals['truth'], i: number): boolean {
  return Number.isFinite(D[i] + f[i] + Dp[i]);
}

function isDecay({ bValues, values }: Signals, voxel: number): boolean {
  const row = values.subarray(voxel * bValues.length, (voxel + 1) * bValues.length);
  return LIMITS.every(({ covers, most }) => {
    const covered = row.filter((_, k) => covers(bValues[k]));
    return covered.length === 0 || percentile95(covered) < most;
  });
}

/** Interpolates linearly between the two nearest in order, as NumPy does. */
function percentile95(values: Float64Array): number {
  const sorted = values.sort();
  const place = 0.95 * (sorted.length - 1);
  const below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
}

/** The differences between the fitters that use such networks. */
export interface Teaching {
  /** Name of the fitter in YAML. */
  readonly fitter: string;
  /** Number of hidden layers, from the first, with dropout. */
  readonly droppedLayers: number;
  /** Weight of the mean squared difference between measured and reconstructed signals. */
  readonly consistency: number;
  /** Weights of the mean squared errors of Dp, D, f and S0; empty for unsupervised training. */
  readonly supervision: readonly number[];
}

/** Trains a network with a branch for each of Dp, D, f and S0. @throws InputError where there is too little to train on */
export async function trainBranched(
  task: FitTask,
  settings: BranchedSettings,
  teaching: Teaching,
  engine: Engine,
): Promise<SavedNetwork> {
  const { fitter, supervision, consistency } = teaching;
  if (!task.training) throw new InputError(`${fitter} needs voxels to train on, or a saved model`);
  const voxels = await task.training();
  const isSupervised = supervision.length > 0;
  const isSimulated = voxels.truth.D.some((D) => !Number.isNaN(D));
  if (isSupervised && !isSimulated) {
    throw new InputError(
      `${fitter} learns from voxels whose truth is known, and a scan's is not: train it on simulated ones (ivim-bench train) and give the result as --model`,
    );
  }
  const rows = branchedRows(voxels, isSupervised);
  checkEnough(fitter, rows, settings);
  const network = networkOf(rows.inputs, settings, teaching.droppedLayers);
  const initial = task.initial && (await initialNetwork(fitter, task.initial, task.bValues, network));
  const training = await trainHeldOut(engine, {
    network,
    weights: initial?.weights ?? initialWeights(network, deriveSeed(task.seed, 'weights')),
    loss: { kind: 'rebuild-s0', bValues: task.bValues, consistency, supervision },
    rows: splitRows(rows, settings.trainFraction, deriveSeed(task.seed, 'held out')),
    batch: settings.batch,
    iterations: settings.iterations,
    epochs: settings.epochs,
    patience: settings.patience,
    adam: {
      learningRate: settings.learningRate,
      beta1: 0.9,
      beta2: 0.999,
      epsilon: 1e-8,
      weightDecay: settings.weightDecay,
    },
    seed: deriveSeed(task.seed, 'order'),
    onEpoch: ({ epoch, loss }) =>
      task.onProgress?.(epoch / settings.epochs, `epoch ${epoch}, loss ${loss.toPrecision(6)}`),
  });
  const description: NetworkDescription = {
    fitter,
    bValues: [...task.bValues],
    network,
    outputs: OUTPUTS_WITH_S0,
    training: {
      voxels: rows.n,
      origin: isSimulated ? 'simulated' : 'measured',
      ...(task.tissue ? { tissue: task.tissue } : {}),
      settings: { ...settings, ranges: toJson(settings.ranges) },
      seed: task.seed,
      ...(initial ? { startedFrom: initial.training } : {}),
      stoppedBy: training.stoppedBy,
      bestEpoch: training.bestEpoch,
      losses: training.losses,
    },
    versions: { engine: engine.description },
  };
  return { description, weights: settings.restore_best === 'best' ? training.best : training.last };
}

function networkOf(inputs: number, settings: BranchedSettings, droppedLayers: number): DenseNetwork {
  const { depth, ranges, widen, dropout, batchNorm } = settings;
  const width = settings.width === 'b-values' ? inputs : settings.width;
  const ends = OUTPUTS_WITH_S0.map((name) => ranges[name]);
  const layers = Array.from({ length: depth }, (_, l) => l);
  return {
    inputs,
    hidden: layers.map(() => width),
    activation: 'elu',
    outputs: 4,
    head: {
      kind: 'sigmoid',
      low: ends.map(([low, high]) => low - widen * (high - low)),
      high: ends.map(([low, high]) => high + widen * (high - low)),
    },
    branches: 4,
    batchNorm,
    dropout: layers.map((l) => (l < droppedLayers ? dropout : 0)),
  };
}

function checkEnough(fitter: string, { n }: TrainingRows, { batch, trainFraction }: BranchedSettings): void {
  const learnt = Math.floor(n * trainFraction);
  if (learnt >= batch && learnt < n) return;
  throw new InputError(
    `${fitter} trains on batches of ${batch} voxels and holds others out, and of ${n} usable ones it would learn from ${learnt}: give more, or change batch or trainFraction`,
  );
}

type StartedFrom = NonNullable<NetworkDescription['training']['startedFrom']>;

/** @throws InputError if it is for other b-values, or its architecture differs from the settings */
async function initialNetwork(
  fitter: string,
  model: SavedModel,
  bValues: Float64Array,
  wanted: DenseNetwork,
): Promise<{ weights: DenseWeights; training: StartedFrom }> {
  const { description, weights } = await openNetwork(model, { fitter, bValues });
  const { network, training } = description;
  const layersOf = ({ hidden, batchNorm }: DenseNetwork) =>
    `layers of ${hidden.join(', ')} units ${batchNorm ? 'with' : 'without'} normalisation`;
  if (layersOf(network) !== layersOf(wanted)) {
    throw new InputError(
      `${fitter}: the network to begin with has ${layersOf(network)}, the settings ask for ${layersOf(wanted)}`,
    );
  }
  const { voxels, origin, losses } = training;
  return { weights, training: { voxels, origin, epochs: losses.length } };
}

function toJson(ranges: BranchedSettings['ranges']): Record<string, number[]> {
  return Object.fromEntries(Object.entries(ranges).map(([name, ends]) => [name, [...ends]]));
}
