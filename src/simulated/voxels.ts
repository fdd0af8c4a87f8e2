import type { AnyNoiseData, NoiseLevel, TestNoise } from '../config/sections/phantom-data.ts';
import type { Distribution, TissuePrior } from '../contracts/fitter.ts';
import type { LabelledSignals, Signals } from '../contracts/voxels.ts';
import { interleaveVoxels } from '../data/interleave-voxels.ts';
import { joinVoxels } from '../data/join-voxels.ts';
import { simulatePhantom, type PhantomSettings } from '../data/phantom.ts';
import { rowsAt } from '../data/rows-at.ts';
import { unlabelled } from '../data/unlabelled.ts';
import { fingerprint } from '../preparation/input-guard.ts';
import { Mt19937 } from '../random/mt19937.ts';
import { deriveSeed } from '../random/seed.ts';
import type { SimulatedConfig } from './config.ts';

/** The b-values of a study in s/mm², each repeated as often as it is measured. */
export interface ProtocolMeasured {
  readonly bValues: readonly number[];
}

/** Everything that decides the test voxels of a study: its section `data`, with the seeds they are drawn from. */
export interface TestData<N extends TestNoise = TestNoise> extends Omit<
  AnyNoiseData,
  'seeds' | 'tissues' | 'noise'
> {
  readonly noise: readonly N[];
  readonly tissues?: PhantomSettings['tissues'];
  readonly seeds: PhantomSettings['seeds'];
}

/** Everything that decides the training voxels: a config's section `training`, completed. */
export interface TrainingData {
  readonly voxels: number;
  readonly S0: number;
  readonly tissue: TissuePrior;
  readonly tissues?: PhantomSettings['tissues'];
  readonly noise: { readonly sigma: Distribution };
  readonly seeds: PhantomSettings['seeds'];
  /** How many of them are used, starting with the first; absent: all. */
  readonly first?: number;
  /** Seed by which those `first` voxels are drawn from all, without replacement, in place of the first ones. */
  readonly drawnBy?: number;
  /** False if a network may not see their truth, because they are also the test voxels. */
  readonly labelled?: boolean;
}

/** Describes the test voxels of a study; tissue and noise are drawn alike at every noise level. */
export function testDataOf<N extends TestNoise>({
  data,
  seed,
}: Pick<SimulatedConfig, 'seed'> & {
  readonly data: Omit<AnyNoiseData, 'noise'> & { readonly noise: readonly N[] };
}): TestData<N> {
  const { tissues, seeds, ...own } = data;
  return {
    ...own,
    ...(tissues ? { tissues: tissues.map(({ D, f, Dp }) => ({ D, f, Dp })) } : {}),
    seeds: seeds ?? {
      parameters: deriveSeed(seed, 'test', 'parameters'),
      noise: deriveSeed(seed, 'test', 'noise'),
    },
  };
}

/** Describes the voxels that networks are trained on; undefined if the config has none. */
export function trainingDataOf({
  data,
  training,
  seed,
}: Pick<SimulatedConfig, 'training' | 'seed'> & {
  readonly data: Pick<SimulatedConfig['data'], 'S0' | 'tissue'>;
}): TrainingData | undefined {
  if (!training) return undefined;
  return {
    voxels: training.voxels,
    S0: data.S0,
    tissue: training.tissue ?? data.tissue,
    noise: training.noise,
    seeds: training.seeds ?? {
      parameters: deriveSeed(seed, 'training', 'parameters'),
      noise: deriveSeed(seed, 'training', 'noise'),
    },
  };
}

/** Describes the same test voxels at a single noise level. */
export const atLevel = (data: TestData<NoiseLevel>, sigma: number): TestData<NoiseLevel> => ({
  ...data,
  noise: data.noise.filter((level) => level.sigma === sigma),
});

/**
 * Describes the test voxels of one noise level as training voxels, for a network trained on them alone. Their truth is hidden.
 */
export function asTrainingData(data: TestData, sigma: number): TrainingData {
  return { ...data, noise: { sigma: { constant: sigma } }, labelled: false };
}

/** Simulates the test voxels of one noise level, or of a range of noise. They are shared and must not be changed. */
export function testVoxels(
  { bValues }: ProtocolMeasured,
  data: TestData,
  sigma: TestNoise['sigma'],
): LabelledSignals {
  return simulateOnce(testSettings({ bValues }, data, sigma));
}

/** The settings of the simulation in `testVoxels`, as plain data. */
export function testSettings(
  { bValues }: ProtocolMeasured,
  data: TestData,
  noise: TestNoise['sigma'],
): Settings {
  const { voxels, S0, tissue, tissues, seeds } = data;
  const sigma = typeof noise === 'number' ? { constant: noise } : noise;
  return { bValues, voxels, S0, tissue, ...(tissues ? { tissues } : {}), sigma, seeds };
}

/** Simulates training voxels. They are shared and must not be changed. */
export function trainingVoxels({ bValues }: ProtocolMeasured, training: TrainingData): LabelledSignals {
  const { first = training.voxels, drawnBy, labelled = true } = training;
  const all = simulateOnce(trainingSettings({ bValues }, training));
  const voxels = drawnBy === undefined ? firstVoxels(all, first) : drawnVoxels(all, first, drawnBy);
  return labelled ? voxels : unlabelled(voxels.signals);
}

/** The settings of the simulation in `trainingVoxels`, as plain data. */
export function trainingSettings({ bValues }: ProtocolMeasured, training: TrainingData): Settings {
  const { voxels, S0, tissue, tissues, noise, seeds } = training;
  return { bValues, voxels, S0, tissue, ...(tissues ? { tissues } : {}), sigma: noise.sigma, seeds };
}

/** Returns every test voxel of every noise level, in order of increasing noise. */
export function allTestVoxels(measured: ProtocolMeasured, data: TestData): Signals {
  return joinVoxels(ascendingNoise(data).map((sigma) => testVoxels(measured, data, sigma).signals));
}

/** Returns test voxels for timing, taking noise levels in turn, so that the first voxels are a mix of all levels. */
export function timingMix(measured: ProtocolMeasured, data: TestData, voxels: number): Signals {
  const levels = ascendingNoise(data).map((sigma) => testVoxels(measured, data, sigma).signals);
  return interleaveVoxels(levels, voxels);
}

/** A range of noise is the only set of its study. */
const ascendingNoise = ({ noise }: TestData): TestNoise['sigma'][] =>
  noise.map(({ sigma }) => sigma).sort((a, b) => Number(a) - Number(b));

type Settings = Omit<PhantomSettings, 'bValues'> & ProtocolMeasured;

/** Returns the first `n` voxels of a set, without copying. */
export function firstVoxels(set: LabelledSignals, n: number): LabelledSignals {
  const { bValues, values, scale, sigma } = set.signals;
  if (n === set.signals.n) return set;
  const { D, f, Dp } = set.truth;
  return {
    signals: {
      bValues,
      n,
      values: values.subarray(0, n * bValues.length),
      scale: scale.subarray(0, n),
      ...(sigma ? { sigma: sigma.subarray(0, n) } : {}),
    },
    truth: { n, D: D.subarray(0, n), f: f.subarray(0, n), Dp: Dp.subarray(0, n) },
  };
}

/** Returns `n` voxels drawn without replacement, in the order of the draw (Fisher and Yates). */
function drawnVoxels({ signals, truth }: LabelledSignals, n: number, seed: number): LabelledSignals {
  const random = new Mt19937(seed);
  const order = Uint32Array.from({ length: signals.n }, (_, i) => i);
  for (let i = 0; i < n; i++) {
    const j = i + Math.floor(random.uniform() * (signals.n - i));
    [order[i], order[j]] = [order[j], order[i]];
  }
  const drawn = order.subarray(0, n);
  const picked = (column: Float64Array) => Float64Array.from(drawn, (row) => column[row]);
  return {
    signals: rowsAt(signals, drawn),
    truth: { n, D: picked(truth.D), f: picked(truth.f), Dp: picked(truth.Dp) },
  };
}

interface Kept {
  readonly voxels: LabelledSignals;
  readonly fingerprint: number;
}

/** Capacity of the cache of a thread, in numbers: 256 MiB of signals. */
const KEPT_NUMBERS = 2 ** 25;

/** The sets most recently used by the cells of this thread, the latest at the end. */
const kept = new Map<string, Kept>();

/** Simulates a set, or returns the cached one unless it has been modified since. */
function simulateOnce(settings: Settings): LabelledSignals {
  const name = JSON.stringify(settings);
  let known = kept.get(name);
  kept.delete(name);
  if (!known || fingerprint(known.voxels.signals) !== known.fingerprint) {
    const voxels = simulatePhantom({ ...settings, bValues: Float64Array.from(settings.bValues) });
    known = { voxels, fingerprint: fingerprint(voxels.signals) };
  }
  kept.set(name, known);
  let numbers = 0;
  for (const [each, { voxels }] of [...kept].reverse()) {
    numbers += voxels.signals.values.length;
    if (numbers > KEPT_NUMBERS && each !== name) kept.delete(each);
  }
  return known.voxels;
}
