import type { Task } from '../contracts/cell.ts';
import { TRUTH } from '../contracts/metric.ts';
import type { Shape } from '../contracts/learner.ts';
import type { PluginEntry } from '../contracts/study.ts';
import { everyPlace, trainingFirst } from '../learning/cases.ts';
import { openLearner } from '../learning/open-learner.ts';
import type { PlannedEngine } from '../learning/planned-engine.ts';
import { evaluate, keptNote, train, type Trained } from '../learning/train.ts';
import type { Detections } from '../image-metrics/froc.ts';
import { curveRows } from '../measures/measured-rows.ts';
import { deriveSeed } from '../random/seed.ts';
import { assess, type AssessedInput } from './assess.ts';
import { augmentLabelled } from './augment-labelled.ts';
import { requireEveryRegion } from './channels.ts';
import type { SegmentationTraining } from './config.ts';
import { PEOPLE } from './data-cells.ts';
import { detectionsOf, encodeDetections, lesionLabel } from './detections.ts';
import { learntMaps, shuffledMaps } from './label-maps.ts';
import { decodeAbdomens, peopleNamed, type PackedAbdomens, type Person } from './packed-abdomens.ts';
import { encodeNetwork, publishedNetwork, type NetworkToSave, type TrainedOn } from './saved-network.ts';
import { SEGMENTATION_LOSSES } from './segmentation-losses.ts';
import { largestClass, placeChannels, scanCases, sliceCases, type SliceInputs } from './slice-cases.ts';

/** People by their names: nobody is in two of the sets. */
export interface FoldInput extends AssessedInput {
  readonly fold: number;
  readonly training: readonly string[];
  readonly validation: readonly string[];
  readonly seed: number;
  readonly engine: PlannedEngine;
}

/** One training of one network on slices. */
export interface TrainingInput extends FoldInput {
  readonly model: PluginEntry;
  readonly inputs: SliceInputs;
  /** Whether a case is a whole scan in place of a slice. */
  readonly volumes: boolean;
  readonly how: SegmentationTraining;
  /** Whether it learns from the label maps of other people. */
  readonly shuffle: boolean;
  /** Whether it starts from the weights of the network read as `start`, the optimiser anew. */
  readonly goesOn?: boolean;
  /** The cut-off of the probability of lesions, where what the network takes for one is kept. */
  readonly lesionsAbove?: number;
  /** How many times as much a voxel of a lesion counts in the loss, which must be cross-entropy. */
  readonly lesionWeight?: number;
  /** How the people were scanned, where the network is to be used again. */
  readonly scanned?: Pick<TrainedOn, 'field' | 'TE' | 'TR' | 'snr'>;
}

/** The need that holds the network a training goes on from. */
export const START = 'start';

/** Slices evaluated at once. */
const BATCH = 8;

/**
 * Trains a network to mark regions in slices, keeps the weights of its best epoch on validation people, and compares what it marks in the people of
 * its fold with the truth and with readers. A killed training goes on from its last whole epoch.
 */
export const trainSegmentation: Task<TrainingInput> = {
  module: import.meta.url,
  name: 'trainSegmentation',
  async run(input, context) {
    const { about, fold, model, inputs, how, engine, seed } = input;
    const abdomens = decodeAbdomens(await context.files(PEOPLE));
    const named = peopleNamed(abdomens, [...input.training, ...input.validation]);
    const people = input.shuffle ? shuffledMaps(named, seed) : named;
    const learnt = people.slice(0, input.training.length);
    requireEveryRegion(
      abdomens.regions,
      learnt.flatMap((person) => learntMaps(person, how.labels)),
    );
    const casesOf = input.volumes ? scanCases : sliceCases;
    const cases = casesOf(abdomens, people, inputs, (person) => learntMaps(person, how.labels));
    const casesIn = ({ grid }: Person) => (input.volumes ? 1 : grid.shape[2]);
    const sets = trainingFirst(
      cases.n,
      learnt.reduce((sum, person) => sum + casesIn(person), 0),
    );
    const classes = abdomens.regions.length + 1;
    if (input.lesionWeight !== undefined) {
      // Cross-entropy is linear in the targets.
      for (let i = lesionLabel(abdomens); i < cases.targets.length; i += classes)
        cases.targets[i] *= input.lesionWeight;
    }
    const spatial = cases.shape.slice(0, -1);
    const { learner, description } = await openLearner({
      ...{ model, engine, shape: cases.shape },
      outputs: [...spatial, classes],
      loss: SEGMENTATION_LOSSES[how.loss],
      seed: deriveSeed(seed, 'weights'),
      weightDecay: how.weightDecay,
      averaging: how.averaging,
    });
    try {
      if (input.goesOn) learner.begin(await context.files(START));
      const { epochs, rate, schedule } = how;
      // As many slices per step, of a scan all together.
      const batch = input.volumes ? Math.max(1, Math.round(how.batch / spatial[0])) : how.batch;
      const trained = await train(
        learner,
        cases,
        sets,
        { epochs, batch, rate, schedule, patience: null, seed },
        {
          checkpoint: context.checkpoint,
          onProgress: context.onProgress,
          ...(how.augmentation === null
            ? {}
            : { vary: augmentLabelled(cases.shape, classes, how.augmentation, placeChannels(inputs)) }),
        },
      );
      const probabilities = (person: Person): Float32Array => {
        const seen = casesOf(abdomens, [person], inputs, () => [], cases.shape);
        return evaluate(learner, seen, everyPlace(seen.n), BATCH).values;
      };
      const detections: Detections[] = [];
      const { files, pictures } = assess(input, abdomens, (person) => {
        const values = probabilities(person);
        if (input.lesionsAbove !== undefined) {
          const lesion = lesionLabel(abdomens);
          const scores = person.labels.get(TRUTH)!;
          const own = Float32Array.from(scores, (_, i) => values[i * classes + lesion]);
          detections.push(detectionsOf(abdomens, person, own, input.lesionsAbove));
        }
        return largestClass(values, classes);
      });
      const { curve } = trained;
      const { factors } = about;
      const state = learner.save();
      const saved = input.scanned && encodeNetwork(networkOf(input, abdomens, cases.shape, trained), state);
      return {
        rows: curveRows({ ...about, factors: { ...factors, fold } }, curve, sets, false),
        files: new Map([
          ...files,
          ...(input.lesionsAbove === undefined ? [] : [encodeDetections(detections)]),
          ...(saved ?? state),
        ]),
        ...(saved ? { publishes: publishedNetwork([about.method, `fold-${fold}`], saved) } : {}),
        pictures,
        notes: keptNote(`${[about.method, ...Object.values(factors)].join(', ')}, fold ${fold}`, trained),
        facts: { seed, backend: description, epochs: curve.length },
      };
    } finally {
      learner.dispose();
    }
  },
};

/** What the network is, for those who use it again. */
const networkOf = (
  { model, inputs, volumes, training, validation, how, scanned, seed }: TrainingInput,
  { regions, people: [{ grid }] }: PackedAbdomens,
  shape: Shape,
  { curve, kept }: Trained,
): NetworkToSave => ({
  ...{ model, regions, inputs, volumes, shape, seed, kept, epochs: curve.length },
  trainedOn: {
    ...{ people: 'virtual', training: training.length, validation: validation.length },
    ...{ ...scanned!, voxel: grid.voxel, labels: how.labels },
  },
  ...(how.averaging > 0 ? { averaging: how.averaging } : {}),
});
