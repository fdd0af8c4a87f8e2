import type { Task } from '../contracts/cell.ts';
import type { Modality } from '../images/modality.ts';
import { everyPlace } from '../learning/cases.ts';
import type { PlannedEngine } from '../learning/planned-engine.ts';
import type { SplitOptions } from '../learning/splits.ts';
import { keptNote, train } from '../learning/train.ts';
import { EPOCHS } from '../measures/training.ts';
import { deriveSeed } from '../random/seed.ts';
import type { ImageTraining } from './config.ts';
import { dividedCases } from './divided-cases.ts';
import { encodeScale, openNetwork, probabilities, scaleIn, type NetworkOptions } from './network.ts';
import { casesOf, channelScale, decodeCases, positives, scaled } from './packed-cases.ts';
import { curveRows, plainRow, type RowSubject } from '../measures/measured-rows.ts';
import { scoredPopulation, scoredResult, scoreSplit } from './scores.ts';

/** One training of one network. */
export interface TrainingInput {
  /** What its rows are of. */
  readonly about: RowSubject;
  readonly model: NetworkOptions['model'];
  readonly modalities: readonly Modality[];
  readonly positiveFrom: number;
  readonly split: SplitOptions;
  /** Training cases that are used, out of those of the split; absent: all. */
  readonly size?: number;
  /** Labels are shuffled among all cases, test cases included, so that there is nothing to learn. */
  readonly shuffleLabels: boolean;
  /** Whether it goes on from the weights that the cell `begin` left, with that network's scale of the images. */
  readonly begins?: boolean;
  readonly training: TrainingSettings;
  /** Whether the cell `population` is needed and scored. */
  readonly population: boolean;
  readonly seed: number;
  /** What computes decides the last bits. */
  readonly engine: PlannedEngine;
}

/** The study's settings. In addition, 0 epochs use a network as it is. */
export interface TrainingSettings extends ImageTraining {
  /** `best`: the weights of the epoch with the lowest validation loss. `last`: the last ones; validation cases decide nothing. */
  readonly keeps: 'best' | 'last';
}

/**
 * Trains a network on the training cases of one split, with validation cases as `keeps` says, and scores every set and, where there is
 * one, the population. A killed training resumes from its last whole epoch.
 */
export const trainNetwork: Task<TrainingInput> = {
  module: import.meta.url,
  name: 'trainNetwork',
  async run(input, context) {
    const { about, model, modalities, positiveFrom, seed, engine } = input;
    const { keeps, augmentation, ...given } = input.training;
    const training = keeps === 'last' ? { ...given, patience: null } : given;
    const packed = decodeCases(await context.files('cases'));
    const { labels, sets } = dividedCases(packed, {
      ...{ positiveFrom, split: input.split, size: input.size },
      shuffleSeed: input.shuffleLabels ? deriveSeed(seed, 'labels') : undefined,
    });
    const before = input.begins ? await context.files('begin') : undefined;
    const seen = casesOf(packed, modalities, labels);
    const scale = before ? scaleIn(before) : channelScale(seen, sets.training);
    const cases = scaled(seen, scale);
    const { learner, description } = await openNetwork(
      { model, engine, seed: deriveSeed(seed, 'weights'), weightDecay: training.weightDecay },
      cases.shape,
    );
    try {
      if (before) learner.begin(before);
      const used = { training: sets.training, validation: keeps === 'last' ? [] : sets.validation };
      const trained = await train(
        learner,
        cases,
        used,
        { ...training, seed, ...(augmentation ? { augmentation } : {}) },
        { checkpoint: context.checkpoint, score: isRight, onProgress: context.onProgress },
      );
      const { curve } = trained;
      const scored = scoreSplit(packed, labels, sets, (which) => probabilities(learner, cases, which));
      if (input.population) {
        const population = decodeCases(await context.files('population'));
        const positive = positives(population, positiveFrom);
        const all = scaled(casesOf(population, modalities, positive), scale);
        const scores = probabilities(learner, all, everyPlace(all.n));
        scored.push(scoredPopulation(population, positive, scores));
      }
      const { rows, files } = scoredResult(about, scored);
      return {
        rows: [
          ...curveRows(about, curve, used, true),
          plainRow(about, EPOCHS, curve.length, sets.training.length),
          ...rows,
        ],
        files: new Map([...files, ...learner.save(), encodeScale(scale)]),
        notes: keptNote(about.method, trained),
        facts: { seed, backend: description, epochs: curve.length },
      };
    } finally {
      learner.dispose();
    }
  },
};

const isRight = (output: Float32Array, target: Float32Array): number =>
  Number(output[1] >= 0.5 === target[1] > 0.5);
