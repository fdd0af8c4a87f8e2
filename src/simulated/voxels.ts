import type { PhantomData } from '../config/sections/phantom-data.ts';
import type { Distribution, TissuePrior } from '../contracts/fitter.ts';
import type { LabelledSignals, Signals } from '../contracts/voxels.ts';
import { interleaveVoxels } from '../data/interleave-voxels.ts';
import { joinVoxels } from '../data/join-voxels.ts';
import { simulatePhantom, type PhantomSettings } from '../data/phantom.ts';
import { unlabelled } from '../data/unlabelled.ts';
import { fingerprint } from '../preparation/input-guard.ts';
import { deriveSeed } from '../random/seed.ts';
import type { SimulatedConfig } from './config.ts';

/** The b-values of a study in s/mm², as often as each is measured. */
export interface ProtocolMeasured {
  readonly bValues: readonly number[];
}

/** All that decides the test voxels of a study: its section `data`, with the seeds they are drawn from. */
export interface TestData extends Omit<PhantomData, 'seeds' | 'tissues'> {
  readonly tissues?: PhantomSettings['tissues'];
  readonly seeds: PhantomSettings['seeds'];
}

/** All that decides voxels to train on: a config's section `training`, complete. */
export interface TrainingData {
  readonly voxels: number;
  readonly S0: number;
  readonly tissue: TissuePrior;
  readonly tissues?: PhantomSettings['tissues'];
  readonly noise: { readonly sigma: Distribution };
  readonly seeds: PhantomSettings['seeds'];
  /** How many of them are used, from the first on; absent: all. */
  readonly first?: number;
  /** False where a network may not see their truth, since they are the very voxels it is tested on. */
  readonly labelled?: boolean;
}

/** The test voxels of a study, tissue and noise drawn alike at every noise level. */
export function testDataOf({ data, seed }: Pick<SimulatedConfig, 'data' | 'seed'>): TestData {
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

/** The voxels that networks are trained on; undefined where the config has none. */
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

/** The same test voxels at one of their noise levels alone. */
export const atLevel = (data: TestData, sigma: number): TestData => ({
  ...data,
  noise: data.noise.filter((level) => level.sigma === sigma),
});

/** The test voxels of one noise level as voxels to train on, as a network for them alone needs. Their truth is not shown. */
export function asTrainingData(data: TestData, sigma: number): TrainingData {
  return { ...data, noise: { sigma: { constant: sigma } }, labelled: false };
}

/** Simulates the test voxels of one noise level. Nobody may change them. */
export function testVoxels({ bValues }: ProtocolMeasured, data: TestData, sigma: number): LabelledSignals {
  return simulateOnce(testSettings({ bValues }, data, sigma));
}

/** What `testVoxels` simulates, as plain data. */
export function testSettings({ bValues }: ProtocolMeasured, data: TestData, sigma: number): Settings {
  const { voxels, S0, tissue, tissues, seeds } = data;
  return { bValues, voxels, S0, tissue, ...(tissues ? { tissues } : {}), sigma: { constant: sigma }, seeds };
}

/** Simulates voxels to train on. Nobody may change them. */
export function trainingVoxels({ bValues }: ProtocolMeasured, training: TrainingData): LabelledSignals {
  const { first = training.voxels, labelled = true } = training;
  const voxels = firstVoxels(simulateOnce(trainingSettings({ bValues }, training)), first);
  return labelled ? voxels : unlabelled(voxels.signals);
}

/** What `trainingVoxels` simulates, as plain data. */
export function trainingSettings({ bValues }: ProtocolMeasured, training: TrainingData): Settings {
  const { voxels, S0, tissue, tissues, noise, seeds } = training;
  return { bValues, voxels, S0, tissue, ...(tissues ? { tissues } : {}), sigma: noise.sigma, seeds };
}

/** Every test voxel of every noise level, level by level, the least noise first. */
export function allTestVoxels(measured: ProtocolMeasured, data: TestData): Signals {
  return joinVoxels(ascendingNoise(data).map((sigma) => testVoxels(measured, data, sigma).signals));
}

/** Test voxels for timing, a level after the other in turn, so that the first voxels are a mix of all of them. */
export function timingMix(measured: ProtocolMeasured, data: TestData, voxels: number): Signals {
  const levels = ascendingNoise(data).map((sigma) => testVoxels(measured, data, sigma).signals);
  return interleaveVoxels(levels, voxels);
}

const ascendingNoise = ({ noise }: TestData): number[] =>
  noise.map(({ sigma }) => sigma).sort((a, b) => a - b);

type Settings = Omit<PhantomSettings, 'bValues'> & ProtocolMeasured;

/** The first `n` voxels of a set: the same voxels, not copied. */
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

interface Kept {
  readonly voxels: LabelledSignals;
  readonly fingerprint: number;
}

/** Most numbers of signals that are kept for the next cell of a thread: 256 MiB of them. */
const KEPT_NUMBERS = 2 ** 25;

/** The sets that the cells of this thread used last, the latest at the end. */
const kept = new Map<string, Kept>();

/** Simulates a set, or returns the one simulated before, unless someone has written into it since. */
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
