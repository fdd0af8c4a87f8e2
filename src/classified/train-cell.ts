import type { Task } from '../contracts/cell.ts';
import type { Row } from '../contracts/metric.ts';
import type { PluginEntry } from '../contracts/study.ts';
import type { Modality } from '../images/modality.ts';
import { chooseBackend } from '../learning/backends.ts';
import type { Cases } from '../learning/cases.ts';
import { crossEntropy } from '../learning/losses.ts';
import type { PlannedEngine } from '../learning/planned-engine.ts';
import type { Split, SplitOptions } from '../learning/splits.ts';
import { TensorFlowLearner } from '../learning/tensorflow-learner.ts';
import { evaluate, train, type Epoch } from '../learning/train.ts';
import {
  EPOCHS,
  TRAINING_ACCURACY,
  TRAINING_LOSS,
  VALIDATION_ACCURACY,
  VALIDATION_LOSS,
} from '../measures/training.ts';
import { loadModel } from '../plugins/discover.ts';
import { deriveSeed } from '../random/seed.ts';
import type { ImageTraining } from './config.ts';
import { dividedCases } from './divided-cases.ts';
import { casesOf, channelScale, decodeCases, scaled } from './packed-cases.ts';
import { plainRow, type RowSubject } from './rows.ts';
import { scoredResult, scorePopulation, scoreSplit } from './scores.ts';

/** One training of one network. */
export interface TrainingInput {
  /** What its rows are of. */
  readonly about: RowSubject;
  readonly model: PluginEntry;
  readonly modalities: readonly Modality[];
  readonly positiveFrom: number;
  readonly split: SplitOptions;
  /** Training cases that are used, out of those of the split; absent: all. */
  readonly size?: number;
  /** Classes are dealt out anew among all cases, so that there is nothing to learn. */
  readonly shuffleLabels: boolean;
  readonly training: ImageTraining;
  /** Whether the cell `population` is needed and scored. */
  readonly population: boolean;
  readonly seed: number;
  /** What computes decides the last bits. */
  readonly engine: PlannedEngine;
}

/** Cases evaluated at once. */
const BATCH = 64;

/**
 * Trains a network on the training cases of one split, stops and keeps weights by its validation cases alone, and scores every set
 * and, where there is one, the population. A killed training goes on from its last whole epoch.
 */
export const trainNetwork: Task<TrainingInput> = {
  module: import.meta.url,
  name: 'trainNetwork',
  async run(input, context) {
    const { about, model, modalities, positiveFrom, training, seed, engine } = input;
    const packed = decodeCases(await context.files('cases'));
    const { labels, sets } = dividedCases(packed, {
      ...{ positiveFrom, split: input.split, size: input.size },
      shuffleSeed: input.shuffleLabels ? deriveSeed(seed, 'labels') : undefined,
    });
    const seen = casesOf(packed, modalities, labels);
    const scale = channelScale(seen, sets.training);
    const cases = scaled(seen, scale);
    const { value: plugin } = await loadModel(model.module);
    const { backend, description } = await chooseBackend(engine.name);
    const learner = new TensorFlowLearner({
      backend,
      network: plugin.build(model.settings, cases.shape, 2),
      shape: cases.shape,
      outputs: [2],
      loss: crossEntropy,
      seed: deriveSeed(seed, 'weights'),
      weightDecay: training.weightDecay,
    });
    try {
      const { augmentation, ...options } = training;
      const { curve, kept } = await train(
        learner,
        cases,
        sets,
        { ...options, seed, ...(augmentation ? { augmentation } : {}) },
        { checkpoint: context.checkpoint, score: isRight, onProgress: context.onProgress },
      );
      const score = (of: Cases, which: readonly number[]): number[] => {
        const { values } = evaluate(learner, of, which, BATCH);
        return which.map((_, i) => values[2 * i + 1]);
      };
      const scored = scoreSplit(packed, labels, sets, (which) => score(cases, which));
      if (input.population) {
        const population = decodeCases(await context.files('population'));
        const scoreAll = (positive: readonly number[]) =>
          score(
            scaled(casesOf(population, modalities, positive), scale),
            positive.map((_, i) => i),
          );
        scored.push(scorePopulation(population, positiveFrom, scoreAll));
      }
      const { rows, files } = scoredResult(about, scored);
      return {
        rows: [
          ...curveRows(about, curve, sets),
          plainRow(about, EPOCHS, curve.length, sets.training.length),
          ...rows,
        ],
        files: new Map([...files, ...learner.save()]),
        notes:
          kept < curve.length
            ? [`${about.method}: kept the weights of epoch ${kept} of ${curve.length}`]
            : [],
        facts: { seed, backend: description, epochs: curve.length },
      };
    } finally {
      learner.dispose();
    }
  },
};

const isRight = (output: Float32Array, target: Float32Array): number =>
  Number(output[1] >= 0.5 === target[1] > 0.5);

function curveRows(about: RowSubject, curve: readonly Epoch[], sets: Split): Row[] {
  return curve.flatMap(({ epoch, trainingLoss, trainingScore, validationLoss, validationScore }) => {
    const at = { epoch };
    const [trained, validated] = [sets.training.length, sets.validation.length];
    return [
      plainRow(about, TRAINING_LOSS, trainingLoss, trained, at),
      plainRow(about, TRAINING_ACCURACY, trainingScore, trained, at),
      ...(validated > 0
        ? [
            plainRow(about, VALIDATION_LOSS, validationLoss, validated, at),
            plainRow(about, VALIDATION_ACCURACY, validationScore, validated, at),
          ]
        : []),
    ];
  });
}
