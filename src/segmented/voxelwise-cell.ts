import type { Task } from '../contracts/cell.ts';
import type { PluginEntry } from '../contracts/study.ts';
import { everyPlace, joinCases, trainingFirst } from '../learning/cases.ts';
import { crossEntropy } from '../learning/losses.ts';
import { openLearner } from '../learning/open-learner.ts';
import { evaluate, train } from '../learning/train.ts';
import { curveRows } from '../measures/measured-rows.ts';
import { QuickRandom } from '../random/quick-random.ts';
import { deriveSeed } from '../random/seed.ts';
import { assess } from './assess.ts';
import { requireEveryRegion } from './channels.ts';
import type { SegmentationTraining } from './config.ts';
import { PEOPLE } from './data-cells.ts';
import { learntMaps } from './label-maps.ts';
import { decodeAbdomens, peopleNamed } from './packed-abdomens.ts';
import { largestClass } from './slice-cases.ts';
import type { FoldInput } from './train-cell.ts';
import { someVoxels, voxelCases, type VoxelInputs } from './voxel-cases.ts';

/** One training of a network that sees one voxel at a time. */
export interface VoxelwiseInput extends FoldInput {
  /** A network on a vector. */
  readonly model: PluginEntry;
  readonly inputs: VoxelInputs;
  readonly labels: SegmentationTraining['labels'];
  /** Voxels per person. */
  readonly voxels: number;
  readonly epochs: number;
}

const BATCH = 512;
const RATE = 0.003;
/** Voxels evaluated at once. */
const EVALUATED = 4096;

/** Trains a softmax over the classes of single voxels, and marks with it every voxel of the people of its fold by itself. */
export const trainVoxelwise: Task<VoxelwiseInput> = {
  module: import.meta.url,
  name: 'trainVoxelwise',
  async run(input, context) {
    const { about, fold, model, inputs, labels, voxels, epochs, engine, seed } = input;
    const abdomens = decodeAbdomens(await context.files(PEOPLE));
    const classes = abdomens.regions.length + 1;
    requireEveryRegion(
      abdomens.regions,
      peopleNamed(abdomens, input.training).flatMap((person) => learntMaps(person, labels)),
    );
    const drawn = (names: readonly string[]) =>
      peopleNamed(abdomens, names).map((person) => {
        const random = new QuickRandom(deriveSeed(seed, 'voxels', person.name));
        const some = someVoxels(person, voxels, random);
        return voxelCases(abdomens, person, some, inputs, learntMaps(person, labels));
      });
    const [learnt, validating] = [drawn(input.training), drawn(input.validation)];
    const cases = joinCases([...learnt, ...validating]);
    const sets = trainingFirst(
      cases.n,
      learnt.reduce((sum, { n }) => sum + n, 0),
    );
    const { learner, description } = await openLearner({
      ...{ model, engine, shape: cases.shape },
      outputs: [classes],
      loss: crossEntropy,
      seed: deriveSeed(seed, 'weights'),
      weightDecay: 0,
    });
    try {
      const { curve } = await train(
        learner,
        cases,
        sets,
        { epochs, batch: BATCH, rate: RATE, schedule: 'cosine', patience: null, seed },
        { checkpoint: context.checkpoint, onProgress: context.onProgress },
      );
      const { files, pictures } = assess(input, abdomens, (person) => {
        const [nx, ny, nz] = person.grid.shape;
        const all = voxelCases(abdomens, person, everyPlace(nx * ny * nz), inputs, []);
        return largestClass(evaluate(learner, all, everyPlace(all.n), EVALUATED).values, classes);
      });
      return {
        rows: curveRows({ ...about, factors: { ...about.factors, fold } }, curve, sets, false),
        ...{ files, pictures },
        facts: { seed, backend: description, epochs: curve.length },
      };
    } finally {
      learner.dispose();
    }
  },
};
