import type { Task } from '../contracts/cell.ts';
import { fista, type Prox } from '../image-baselines/compressed-sensing/fista.ts';
import { totalVariationProx } from '../image-baselines/compressed-sensing/total-variation-prox.ts';
import { waveletProx } from '../image-baselines/compressed-sensing/wavelet-prox.ts';
import { plainRow } from '../measures/measured-rows.ts';
import { REGULARISATION, REGULARISER_NAMES } from '../measures/reconstruction.ts';
import { assessSets, type AssessedInput } from './assessed-sets.ts';
import { chooseWeight } from './choose-weight.ts';
import { decodeHeads, type PackedHeads } from './packed-heads.ts';
import { assess, type Reconstruct } from './scores.ts';

interface Regulariser {
  readonly label: string;
  /** The weight that is tried first. */
  readonly start: number;
  readonly steps: number;
  readonly prox: (size: { readonly width: number; readonly height: number }) => Prox;
}

/** Regularisers of compressed sensing, in the order of tables. */
export const REGULARISERS = {
  totalVariation: {
    label: REGULARISER_NAMES.totalVariation,
    start: 0.01,
    steps: 60,
    prox: totalVariationProx,
  },
  wavelets: { label: REGULARISER_NAMES.wavelets, start: 0.01, steps: 60, prox: waveletProx },
} as const satisfies Record<string, Regulariser>;
export type RegulariserName = keyof typeof REGULARISERS;

export interface RegularisedInput extends AssessedInput {
  readonly regulariser: RegulariserName;
}

/** Compressed sensing at one acceleration, its weight the one with the lowest error on validation subjects. */
export const regularised: Task<RegularisedInput> = {
  module: import.meta.url,
  name: 'regularised',
  async run(input, context) {
    const { about, sampling, radius, seed } = input;
    const { label, start, steps, prox }: Regulariser = REGULARISERS[input.regulariser];
    // Every slice begins with a proximal operator of its own, which keeps what it found from step to step.
    const by =
      (weight: number): Reconstruct =>
      (slices) =>
        slices.map((slice) => fista(slice, prox(slice.zeroFilled), { weight, steps }));
    const validation = everySecondSlice(decodeHeads(await context.files('validation')));
    const options = { set: 'validation', sampling, seed, radius } as const;
    const { weight, isInside } = chooseWeight((each) => {
      context.onProgress(0.1, `${label}, weight ${each.toPrecision(2)}`);
      const { values } = assess(about, validation, options, by(each)).errors;
      return values.reduce((sum, value) => sum + value, 0) / values.length;
    }, start);
    context.onProgress(0.4, label);
    const { rows, files, pictures } = await assessSets(input, context, by(weight));
    const factors = { coils: sampling.coils, acceleration: sampling.acceleration };
    return {
      rows: [...rows, plainRow(about, REGULARISATION, weight, validation.subjects.length, factors)],
      files,
      pictures,
      notes: isInside
        ? []
        : [
            `${label} at acceleration ${sampling.acceleration}: the best weight, ${weight.toPrecision(2)}, is at the edge of those that were tried`,
          ],
    };
  },
};

/** Half of the slices of every subject, for a choice that needs many reconstructions; all of them where there is one. */
function everySecondSlice(heads: PackedHeads): PackedHeads {
  const [slices, height, width] = heads.shape;
  const kept = Math.ceil(slices / 2);
  const pixels = height * width;
  const images = Object.fromEntries(
    Object.entries(heads.images).map(([name, image]) => [
      name,
      image.filter((_, i) => (Math.floor(i / pixels) % slices) % 2 === 0),
    ]),
  ) as unknown as PackedHeads['images'];
  return { ...heads, shape: [kept, height, width], images };
}
