import type { Task } from '../contracts/cell.ts';
import type { Picture } from '../contracts/picture.ts';
import { sliceView } from '../data/slice-view.ts';
import type { Modality } from '../images/modality.ts';
import { everyPlace, sizeOf, type Cases } from '../learning/cases.ts';
import { occlusionMap } from '../learning/occlusion.ts';
import type { PlannedEngine } from '../learning/planned-engine.ts';
import type { SplitOptions } from '../learning/splits.ts';
import { OCCLUSION } from '../measures/quantities.ts';
import { dividedCases } from './divided-cases.ts';
import { openNetwork, probabilities, scaleIn, type NetworkOptions } from './network.ts';
import { casesOf, decodeCases, scaled } from './packed-cases.ts';
import type { RowSubject } from '../measures/measured-rows.ts';

/** A trained network, and the split whose test cases it is asked about. */
export interface OcclusionInput {
  readonly about: RowSubject;
  readonly model: NetworkOptions['model'];
  readonly modalities: readonly Modality[];
  readonly positiveFrom: number;
  readonly split: SplitOptions;
  readonly engine: PlannedEngine;
}

/** Share of an axis that a window covers. */
const COVERED = 1 / 5;

/** Log-odds beyond which a probability in single precision says nothing more. */
const CERTAIN = 16;

/**
 * What a network looks at in one positive and one negative test case, those whose probability is the median of their class: the images in
 * the slice where covering matters most, and how much the log-odds of being positive fall when a window is covered.
 */
export const occlusion: Task<OcclusionInput> = {
  module: import.meta.url,
  name: 'occlusion',
  async run({ about, model, modalities, positiveFrom, split, engine }, context) {
    const packed = decodeCases(await context.files('cases'));
    const trained = await context.files('training');
    const { labels, sets } = dividedCases(packed, { positiveFrom, split });
    const raw = casesOf(packed, modalities, labels);
    const cases = scaled(raw, scaleIn(trained));
    const { shape } = cases;
    const { learner } = await openNetwork({ model, engine, seed: 0, weightDecay: 0 }, shape);
    try {
      learner.begin(trained);
      const logOdds = (some: Cases): number[] =>
        probabilities(learner, some, everyPlace(some.n)).map((p) =>
          Math.max(-CERTAIN, Math.min(CERTAIN, Math.log(p / (1 - p)))),
        );
      const scores = probabilities(learner, cases, sets.test);
      const width = sizeOf(shape);
      const spatial = shape.slice(0, -1);
      const window = spatial.map((size) => Math.max(1, Math.round(COVERED * size)));
      const step = window.map((size) => Math.max(1, Math.floor(size / 2)));
      const pictures: Picture[] = [];
      for (const positive of [1, 0]) {
        const ordered = sets.test
          .map((place, i) => ({ place, probability: scores[i] }))
          .filter(({ place }) => labels[place] === positive)
          .sort((a, b) => a.probability - b.probability);
        const { place, probability } = ordered[ordered.length >> 1];
        const map = occlusionMap(
          cases.inputs.subarray(place * width, (place + 1) * width),
          shape,
          // Scaled images have mean 0 over what is not background.
          { window, step, fill: 0 },
          logOdds,
        );
        const [nz, ny, nx] = spatial;
        const slice = strongest(map, nz);
        const { voxels, ...view } = sliceView([nx, ny, nz], packed.affine, slice);
        const picture = (quantity: string, method: string, valueOf: (voxel: number) => number): Picture => ({
          ...view,
          experiment: about.experiment,
          method,
          quantity,
          factors: {
            subject: packed.subjects[place],
            disease_stage: packed.stages[place],
            slice: slice + 1,
            probability: Number(probability.toPrecision(3)),
          },
          values: Float32Array.from(voxels, valueOf),
        });
        pictures.push(
          ...modalities.map((modality, channel) =>
            picture(modality, '', (voxel) => raw.inputs[place * width + voxel * modalities.length + channel]),
          ),
          picture(OCCLUSION, about.method, (voxel) => map[voxel]),
        );
      }
      return { rows: [], pictures };
    } finally {
      learner.dispose();
    }
  },
};

/** The slice along the first axis with the largest sum of absolute values. */
function strongest(map: Float64Array, slices: number): number {
  const size = map.length / slices;
  const sums = Array.from({ length: slices }, (_, slice) =>
    map.subarray(slice * size, (slice + 1) * size).reduce((sum, value) => sum + Math.abs(value), 0),
  );
  return sums.indexOf(Math.max(...sums));
}
