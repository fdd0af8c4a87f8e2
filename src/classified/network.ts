import type { PluginEntry } from '../contracts/study.ts';
import type { Shape } from '../contracts/learner.ts';
import { chooseBackend } from '../learning/backends.ts';
import type { Cases } from '../learning/cases.ts';
import { crossEntropy } from '../learning/losses.ts';
import type { PlannedEngine } from '../learning/planned-engine.ts';
import { TensorFlowLearner } from '../learning/tensorflow-learner.ts';
import { evaluate } from '../learning/train.ts';
import { loadModel } from '../plugins/discover.ts';
import type { ChannelScale } from './packed-cases.ts';

/** A network that tells two classes apart, and what computes it. */
export interface NetworkOptions {
  readonly model: PluginEntry;
  /** What computes decides the last bits. */
  readonly engine: PlannedEngine;
  /** Decides the first weights and what dropout leaves out. */
  readonly seed: number;
  readonly weightDecay: number;
}

/** Builds a network for cases of this shape. The caller disposes of it. */
export async function openNetwork(
  { model, engine, seed, weightDecay }: NetworkOptions,
  shape: Shape,
): Promise<{ learner: TensorFlowLearner; description: string }> {
  const { value: plugin } = await loadModel(model.module);
  const { backend, description } = await chooseBackend(engine.name);
  const network = plugin.build(model.settings, shape, CLASSES);
  return {
    learner: new TensorFlowLearner({
      ...{ backend, network, shape, loss: crossEntropy, seed, weightDecay },
      outputs: [CLASSES],
    }),
    description,
  };
}

/** Negative and positive. */
const CLASSES = 2;

/** Cases evaluated at once. */
const BATCH = 64;

/** The probability of being positive, of the cases in these places. */
export function probabilities(learner: TensorFlowLearner, cases: Cases, which: readonly number[]): number[] {
  const { values } = evaluate(learner, cases, which, BATCH);
  return which.map((_, i) => values[CLASSES * i + 1]);
}

/** The file in which a training leaves the scale of its channels, which belongs to the network. */
const SCALE = 'scale.json';

export const encodeScale = (scale: ChannelScale): [string, Uint8Array] => [
  SCALE,
  new TextEncoder().encode(JSON.stringify(scale)),
];

/** The scale among the files of a training. */
export function scaleIn(files: ReadonlyMap<string, Uint8Array>): ChannelScale {
  const bytes = files.get(SCALE);
  if (!bytes) throw new Error('the training left no scale of its channels');
  return JSON.parse(new TextDecoder().decode(bytes)) as ChannelScale;
}
