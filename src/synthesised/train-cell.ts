import type { Task } from '../contracts/cell.ts';
import type { Learner } from '../contracts/learner.ts';
import type { PluginEntry } from '../contracts/study.ts';
import type { Weighting } from '../images/weighting.ts';
import { everyPlace, joinCases, trainingFirst, type Cases } from '../learning/cases.ts';
import { absoluteError, squaredError } from '../learning/losses.ts';
import { openLearner } from '../learning/open-learner.ts';
import type { PlannedEngine } from '../learning/planned-engine.ts';
import { evaluate, keptNote, train } from '../learning/train.ts';
import { deriveSeed } from '../random/seed.ts';
import type { SynthesisTraining } from './config.ts';
import {
  acquiredNoise,
  freshNoise,
  imageCases,
  orient,
  orientedBack,
  ORIENTATIONS,
  perfusionUnit,
} from './image-cases.ts';
import { decodeBrains, entriesWith, noiseOf, withoutLesions, type PackedBrains } from './packed-brains.ts';
import { PERFUSION } from '../measures/quantities.ts';
import { pictureOf } from './pictures.ts';
import { curveRows, type RowSubject } from '../measures/measured-rows.ts';
import {
  scoredResult,
  scoredSets,
  scoreImages,
  scoreLesions,
  scoreSwap,
  type ScoredSet,
  type Scores,
} from './scores.ts';
import { shifted, shiftsOf } from './shifts.ts';

/** One training of one network. */
export interface TrainingInput {
  /** What its rows are of. */
  readonly about: RowSubject;
  readonly model: PluginEntry;
  /** The weighted images that it is given beside the repetition. */
  readonly weighted: readonly Weighting[];
  readonly training: SynthesisTraining;
  readonly inputAmongSix: boolean;
  /** Whether what happens to it under other weighted images than it expects is measured. */
  readonly shifts: boolean;
  readonly sets: readonly ScoredSet[];
  readonly seed: number;
  readonly engine: PlannedEngine;
}

/** Slices evaluated at once. */
const BATCH = 16;

/**
 * Trains a network to make the image of six repetitions, or the truth, of one, keeps the weights of its best epoch on validation subjects,
 * and scores it. A killed training goes on from its last whole epoch.
 */
export const trainNetwork: Task<TrainingInput> = {
  module: import.meta.url,
  name: 'trainNetwork',
  async run(input, context) {
    const { about, model, weighted, training, inputAmongSix, seed, engine } = input;
    const { target, turn, drop, loss, noise } = training;
    const everyEntry = (brains: PackedBrains) => brains.subjects.map((_, entry) => entry);
    const learnt = decodeBrains(await context.files('training'));
    const validation = decodeBrains(await context.files('validation'));
    const unit = perfusionUnit(learnt);
    // What a step changes: perfusion without noise, to which it adds some; or places, to which it brings acquired repetitions.
    const given = noise === 'fresh' ? 'truth' : 'one';
    const cases = joinCases([
      imageCases(learnt, everyEntry(learnt), {
        ...{ perfusion: given, weighted, unit },
        target: noise === 'fresh' ? 'truth' : target,
      }),
      imageCases(validation, entriesWith(validation, 'none'), { perfusion: 'one', weighted, target, unit }),
    ]);
    const sets = trainingFirst(cases.n, learnt.subjects.length * learnt.shape[0]);
    const [height, width, channels] = cases.shape;
    const { learner, description } = await openLearner({
      ...{ model, engine, shape: cases.shape },
      outputs: [height, width, 1],
      loss: loss === 'squared' ? squaredError : absoluteError,
      seed: deriveSeed(seed, 'weights'),
      weightDecay: training.weightDecay,
      averaging: training.averaging,
    });
    try {
      const variation = {
        shape: [height, width, channels] as const,
        ...{ inputAmongSix, target, turn, drop },
      };
      const trained = await train(
        learner,
        cases,
        sets,
        { ...training, patience: null, seed },
        {
          checkpoint: context.checkpoint,
          onProgress: context.onProgress,
          vary:
            noise === 'fresh'
              ? freshNoise(variation, noiseOf(learnt) / unit)
              : acquiredNoise(variation, learnt, unit),
        },
      );
      const { curve } = trained;
      const orientations = turn && training.everyOrientation ? ORIENTATIONS : 1;
      const imagesOf = (brains: PackedBrains, entries: readonly number[]): Float32Array => {
        const seen = imageCases(brains, entries, { perfusion: 'one', weighted, target: 'six', unit });
        return evaluateTurned(learner, seen, orientations).map((value) => value * unit);
      };
      const scores: Scores[] = [];
      const pictures = [];
      for await (const [set, brains] of scoredSets(input.sets, context)) {
        const healthy = entriesWith(brains, 'none');
        const all = imagesOf(brains, everyEntry(brains));
        const own = withoutLesions(brains, all);
        scores.push(...scoreImages(brains, set, own));
        if (set === 'validation') continue;
        scores.push(...scoreLesions(brains, set, all));
        pictures.push(...pictureOf(about, brains, set, { image: all, quantity: PERFUSION }));
        if (!input.shifts || weighted.length === 0) continue;
        for (const shift of shiftsOf(brains)) {
          const images = imagesOf(shifted(brains, shift), healthy);
          scores.push(...scoreImages(brains, set, images, { shift: shift.name }));
          if (shift.kind === 'swapped' && brains.images.truth)
            scores.push(scoreSwap(brains, set, { own, swapped: images, shift: shift.name }));
        }
      }
      const { rows, files } = scoredResult(about, scores);
      return {
        rows: [...curveRows(about, curve, sets, false), ...rows],
        files: new Map([...files, ...learner.save()]),
        pictures,
        notes: keptNote(about.method, trained),
        facts: { seed, backend: description, epochs: curve.length },
      };
    } finally {
      learner.dispose();
    }
  },
};

/** What a network makes of slices: the mean over so many of their orientations, each turned back. */
function evaluateTurned(learner: Learner, cases: Cases, orientations: number): Float32Array {
  const [height, width, channels] = cases.shape;
  const pixels = height * width;
  const sum = new Float32Array(cases.n * pixels);
  for (let orientation = 0; orientation < orientations; orientation++) {
    const turned = { ...cases, inputs: cases.inputs.slice() };
    for (let i = 0; i < cases.n; i++) {
      const slice = turned.inputs.subarray(i * pixels * channels, (i + 1) * pixels * channels);
      orient(slice, width, channels, orientation);
    }
    const { values } = evaluate(learner, turned, everyPlace(cases.n), BATCH);
    for (let i = 0; i < cases.n; i++) {
      orient(values.subarray(i * pixels, (i + 1) * pixels), width, 1, orientedBack(orientation));
    }
    for (let i = 0; i < sum.length; i++) sum[i] += values[i] / orientations;
  }
  return sum;
}
