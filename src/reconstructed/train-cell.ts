import type { Task } from '../contracts/cell.ts';
import type { PluginEntry } from '../contracts/study.ts';
import type { ComplexImage } from '../images/k-space/complex-image.ts';
import { joinCases, trainingFirst, type Cases } from '../learning/cases.ts';
import { openLearner } from '../learning/open-learner.ts';
import type { PlannedEngine } from '../learning/planned-engine.ts';
import type { TensorFlowLearner } from '../learning/tensorflow-learner.ts';
import { keptNote, train, type TrainingSets } from '../learning/train.ts';
import { curveRows } from '../measures/measured-rows.ts';
import { deriveSeed } from '../random/seed.ts';
import { assessSets, type AssessedInput } from './assessed-sets.ts';
import type { ReconstructionTraining } from './config.ts';
import { magnitudeError } from './magnitude-loss.ts';
import { Scanner } from './measured-slices.ts';
import {
  channelsFor,
  fillCase,
  freshMeasurement,
  imageOf,
  measuredCases,
  mirrored,
  mirroredImage,
  TARGETS,
  trueCases,
} from './network-cases.ts';
import { decodeHeads, type PackedHeads } from './packed-heads.ts';
import type { Reconstruct } from './scores.ts';

/** One training of one network, for all accelerations of a receiver. */
export interface TrainingInput extends AssessedInput {
  readonly model: PluginEntry;
  readonly training: ReconstructionTraining;
  /** Of the weights and of the order of the slices. */
  readonly trainingSeed: number;
  readonly engine: PlannedEngine;
}

/**
 * Trains a network to reconstruct undersampled slices, keeps the weights of its best epoch on validation subjects, and compares what it makes
 * with the truth. A killed training goes on from its last whole epoch.
 */
export const trainReconstruction: Task<TrainingInput> = {
  module: import.meta.url,
  name: 'trainReconstruction',
  async run(input, context) {
    const { about, model, training, sampling, accelerations, trainingSeed, engine } = input;
    const { coils, center, sigma } = sampling;
    const { cases, sets } = casesOf(
      input,
      decodeHeads(await context.files('training')),
      decodeHeads(await context.files('validation')),
    );
    const [height, width] = cases.shape;
    const { learner, description } = await openLearner({
      ...{ model, engine, shape: cases.shape },
      outputs: [height, width, 2],
      targets: [height, width, TARGETS],
      loss: magnitudeError,
      seed: deriveSeed(trainingSeed, 'weights'),
      weightDecay: training.weightDecay,
      averaging: training.averaging,
    });
    try {
      const trained = await train(
        learner,
        cases,
        sets,
        { ...training, patience: null, seed: trainingSeed },
        {
          checkpoint: context.checkpoint,
          onProgress: context.onProgress,
          vary: freshMeasurement({
            ...{ height, width, coils, accelerations, center, sigma },
            ...{ emphasis: training.emphasis, mirror: training.mirror },
          }),
        },
      );
      const { curve } = trained;
      const { rows, files, pictures } = await assessSets(
        input,
        context,
        training.averaged ? averagedOverMirrorImages(networkIn(learner, coils)) : networkIn(learner, coils),
      );
      return {
        rows: [...curveRows(about, curve, sets, false), ...rows],
        files: new Map([...files, ...learner.save()]),
        pictures,
        notes: keptNote(about.method, trained),
        facts: { seed: trainingSeed, backend: description, epochs: curve.length },
      };
    } finally {
      learner.dispose();
    }
  },
};

/** Those of training, then those of validation. Parts are out of reach once they are joined: with many coils they fill hundreds of MB. */
function casesOf(
  { sampling, accelerations, seed }: TrainingInput,
  training: PackedHeads,
  validation: PackedHeads,
): { readonly cases: Cases; readonly sets: TrainingSets } {
  const learnt = trueCases(training, sampling.coils);
  const cases = joinCases([learnt, validationCases(validation, { sampling, accelerations }, seed)]);
  return { cases, sets: trainingFirst(cases.n, learnt.n) };
}

/** Every slice of the validation subjects once, at the accelerations in turn. */
function validationCases(
  heads: PackedHeads,
  { sampling, accelerations }: Pick<TrainingInput, 'sampling' | 'accelerations'>,
  seed: number,
): Cases {
  const scanners = accelerations.map(
    (acceleration) => new Scanner(heads, { ...sampling, acceleration }, seed),
  );
  const [slices] = heads.shape;
  return measuredCases(heads, sampling.coils, (entry, slice) => {
    const at = (entry * slices + slice) % scanners.length;
    return { measured: scanners[at].measure(entry, slice), acceleration: accelerations[at] };
  });
}

const networkIn =
  (learner: Pick<TensorFlowLearner, 'evaluate'>, coils: number): Reconstruct =>
  (slices, acceleration) => {
    const { width, height } = slices[0].zeroFilled;
    const [pixels, size] = [width * height, width * height * channelsFor(coils)];
    const inputs = new Float32Array(slices.length * size);
    slices.forEach((slice, i) => fillCase(inputs.subarray(i * size, (i + 1) * size), slice, acceleration));
    const targets = new Float32Array(slices.length * pixels * TARGETS);
    const { values } = learner.evaluate({ n: slices.length, inputs, targets });
    return slices.map((_, i) =>
      imageOf(values.subarray(2 * i * pixels, 2 * (i + 1) * pixels), width, height),
    );
  };

/** Every average of images that keep the measured data keeps them too. */
const averagedOverMirrorImages =
  (reconstruct: Reconstruct): Reconstruct =>
  (slices, acceleration) => {
    const forms = MIRRORED.map(([x, y]) =>
      reconstruct(
        slices.map((slice) => mirrored(slice, x, y)),
        acceleration,
      ).map((image) => mirroredImage(image, x, y)),
    );
    return slices.map((_, i): ComplexImage => {
      const { width, height } = forms[0][i];
      const mean = (part: 'real' | 'imaginary') =>
        forms[0][i][part].map(
          (_value, pixel) => forms.reduce((sum, images) => sum + images[i][part][pixel], 0) / forms.length,
        );
      return { width, height, real: mean('real'), imaginary: mean('imaginary') };
    });
  };

const MIRRORED = [
  [false, false],
  [true, false],
  [false, true],
  [true, true],
] as const;
