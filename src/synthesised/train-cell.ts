import type { Task } from '../contracts/cell.ts';
import type { PluginEntry } from '../contracts/study.ts';
import { chooseBackend } from '../learning/backends.ts';
import { everyPlace, type Cases } from '../learning/cases.ts';
import { concatenated } from '../learning/concatenated.ts';
import { absoluteError, squaredError } from '../learning/losses.ts';
import type { PlannedEngine } from '../learning/planned-engine.ts';
import { TensorFlowLearner } from '../learning/tensorflow-learner.ts';
import { evaluate, train } from '../learning/train.ts';
import { loadModel } from '../plugins/discover.ts';
import { deriveSeed } from '../random/seed.ts';
import type { SynthesisTraining } from './config.ts';
import { freshNoise, imageCases, PERFUSION_UNIT } from './image-cases.ts';
import { decodeBrains, entriesWith, type PackedBrains } from './packed-brains.ts';
import { PERFUSION, pictureOf } from './pictures.ts';
import { curveRows, type RowSubject } from '../measures/measured-rows.ts';
import { SCORED_SETS, scoredResult, scoreImages, scoreLesions, scoreSwap, type Scores } from './scores.ts';
import { shifted, shiftsOf } from './shifts.ts';

/** One training of one network. */
export interface TrainingInput {
  /** What its rows are of. */
  readonly about: RowSubject;
  readonly model: PluginEntry;
  /** Whether it is given PD- and T2-weighted images. */
  readonly weighted: boolean;
  readonly training: SynthesisTraining;
  /** SD of the noise of one repetition, ml/100 g/min. */
  readonly sigma: number;
  readonly inputAmongSix: boolean;
  /** Whether what happens to it under other weighted images than it expects is measured. */
  readonly shifts: boolean;
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
    const { about, model, weighted, training, sigma, inputAmongSix, seed, engine } = input;
    const { target, turn, drop, loss } = training;
    const everyEntry = (brains: PackedBrains) => brains.subjects.map((_, entry) => entry);
    const learnt = decodeBrains(await context.files('training'));
    const validation = decodeBrains(await context.files('validation'));
    const cases = joined(
      imageCases(learnt, everyEntry(learnt), { perfusion: 'truth', weighted, target: 'truth' }),
      imageCases(validation, entriesWith(validation, 'none'), { perfusion: 'one', weighted, target }),
    );
    const places = everyPlace(cases.n);
    const trained = learnt.subjects.length * learnt.shape[0];
    const sets = { training: places.slice(0, trained), validation: places.slice(trained) };
    const [height, width, channels] = cases.shape;
    const { value: plugin } = await loadModel(model.module);
    const { backend, description } = await chooseBackend(engine.name);
    const learner = new TensorFlowLearner({
      backend,
      network: plugin.build(model.settings, cases.shape, 1),
      shape: cases.shape,
      outputs: [height, width, 1],
      loss: loss === 'squared' ? squaredError : absoluteError,
      seed: deriveSeed(seed, 'weights'),
      weightDecay: training.weightDecay,
    });
    try {
      const { curve, kept } = await train(
        learner,
        cases,
        sets,
        { ...training, patience: null, seed },
        {
          checkpoint: context.checkpoint,
          score: () => NaN,
          onProgress: context.onProgress,
          vary: freshNoise({ shape: [height, width, channels], sigma, inputAmongSix, target, turn, drop }),
        },
      );
      const imagesOf = (brains: PackedBrains, entries: readonly number[]): Float32Array => {
        const given = imageCases(brains, entries, { perfusion: 'one', weighted, target: 'truth' });
        const { values } = evaluate(learner, given, everyPlace(given.n), BATCH);
        return values.map((value) => value * PERFUSION_UNIT);
      };
      const scores: Scores[] = [];
      const pictures = [];
      for (const set of SCORED_SETS) {
        const brains = set === 'validation' ? validation : decodeBrains(await context.files(set));
        const healthy = entriesWith(brains, 'none');
        const own = imagesOf(brains, healthy);
        scores.push(...scoreImages(brains, set, own));
        if (set === 'validation') continue;
        const all = imagesOf(brains, everyEntry(brains));
        scores.push(...scoreLesions(brains, set, all));
        pictures.push(...pictureOf(about, brains, set, { image: all, quantity: PERFUSION }));
        if (!input.shifts || !weighted) continue;
        for (const shift of shiftsOf(brains)) {
          const images = imagesOf(shifted(brains, shift), healthy);
          scores.push(...scoreImages(brains, set, images, { shift: shift.name }));
          if (shift.kind === 'swapped')
            scores.push(scoreSwap(brains, set, { own, swapped: images, shift: shift.name }));
        }
      }
      const { rows, files } = scoredResult(about, scores);
      return {
        rows: [...curveRows(about, curve, sets, false), ...rows],
        files: new Map([...files, ...learner.save()]),
        pictures,
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

const joined = (first: Cases, second: Cases): Cases => ({
  n: first.n + second.n,
  shape: first.shape,
  inputs: concatenated([first.inputs, second.inputs]),
  targets: concatenated([first.targets, second.targets]),
});
