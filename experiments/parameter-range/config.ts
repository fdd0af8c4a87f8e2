import { z } from 'zod';
import { AnyNoiseData } from '../../src/config/sections/phantom-data.ts';
import type { Distribution } from '../../src/contracts/fitter.ts';
import { Training } from '../../src/config/sections/training.ts';
import { PARAMETERS } from '../../src/contracts/voxels.ts';
import { eachOnce, RepeatedKeys } from '../../src/repeated/config.ts';

/** The YAML keys of the experiment on the range of Dp. */
export const ParameterRangeKeys = RepeatedKeys.extend({
  data: AnyNoiseData.describe('test voxels'),
  training: Training.omit({ tissue: true }).describe(
    'voxels that networks are trained on; their tissue is that of the test voxels',
  ),
  Dp_up_to: z
    .array(z.number().positive())
    .min(1)
    .default([0.1, 0.2])
    .refine(eachOnce, { error: 'found one twice; allowed: each range once' })
    .describe(
      'upper ends of the true Dp in mm²/s, instead of that of data.tissue, for both training and test',
    ),
});
export type ParameterRangeConfig = z.output<typeof ParameterRangeKeys>;

/** Rejects tissue that is not uniform, and empty ranges. */
export function checkRanges(
  { data, Dp_up_to: ends }: Pick<ParameterRangeConfig, 'data' | 'Dp_up_to'>,
  context: z.core.$RefinementCtx,
): void {
  for (const name of PARAMETERS) {
    if ('uniform' in data.tissue[name]) continue;
    const message = 'found another distribution; allowed: uniform, since histograms are compared with it';
    context.addIssue({ code: 'custom', path: ['data', 'tissue', name], message });
  }
  if (!('uniform' in data.tissue.Dp)) return;
  const low = uniformRange(data.tissue.Dp)[0];
  ends.forEach((end, i) => {
    if (end > low) return;
    const message = `found ${end}; allowed: above the lower end of data.tissue.Dp (${low})`;
    context.addIssue({ code: 'custom', path: ['Dp_up_to', i], message });
  });
}

/** Returns the ends of a distribution that is known to be uniform. */
export function uniformRange(distribution: Distribution): readonly [number, number] {
  if ('uniform' in distribution) return distribution.uniform;
  throw new Error('a distribution that is not uniform has passed the schema');
}
