import type { Task } from '../contracts/cell.ts';
import type { Picture } from '../contracts/picture.ts';
import { TRUTH } from '../contracts/metric.ts';
import { assessSets, type AssessedInput } from './assessed-sets.ts';
import { decodeHeads } from './packed-heads.ts';
import { picturesOf } from './pictures.ts';

/** Zeros in place of what was not measured; and pictures of the truth. */
export const zeroFilled: Task<AssessedInput> = {
  module: import.meta.url,
  name: 'zeroFilled',
  async run(input, context) {
    const { rows, files, pictures } = await assessSets(input, context, (slices) =>
      slices.map((slice) => slice.zeroFilled),
    );
    const truth: Picture[] = [];
    for (const set of ['test', 'other'] as const) {
      const heads = decodeHeads(await context.files(set));
      for (const acceleration of input.accelerations.filter((each) => input.shown.includes(each))) {
        truth.push(
          ...picturesOf(
            { ...input.about, method: TRUTH },
            heads,
            { set, coils: input.sampling.coils, acceleration },
            heads.images.T2w,
          ),
        );
      }
    }
    return { rows, files, pictures: [...truth, ...pictures] };
  },
};
