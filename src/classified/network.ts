import { z } from 'zod';
import type { Shape } from '../contracts/learner.ts';
import { storedJson, StoredNumber } from '../files/stored-file.ts';
import type { Cases } from '../learning/cases.ts';
import { crossEntropy } from '../learning/losses.ts';
import { openLearner, type PlannedLearner } from '../learning/open-learner.ts';
import type { TensorFlowLearner } from '../learning/tensorflow-learner.ts';
import { evaluate } from '../learning/train.ts';
import type { ChannelScale } from './packed-cases.ts';

/** A network that tells two classes apart. */
export type NetworkOptions = Pick<PlannedLearner, 'model' | 'engine' | 'seed' | 'weightDecay'>;

/** Builds a network for cases of this shape. The caller disposes of it. */
export const openNetwork = (network: NetworkOptions, shape: Shape): ReturnType<typeof openLearner> =>
  openLearner({ ...network, shape, outputs: [CLASSES], loss: crossEntropy });

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
const SCALE = storedJson<ChannelScale>(
  'scale.json',
  z.object({ mean: z.array(StoredNumber), sd: z.array(StoredNumber) }),
);

export const encodeScale = SCALE.encode;

/** The scale among the files of a training. @throws InputError where there is none */
export const scaleIn = (files: ReadonlyMap<string, Uint8Array>): ChannelScale =>
  SCALE.decode(files.get(SCALE.name));
