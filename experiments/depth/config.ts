import { z } from 'zod';
import type { Json } from '../../src/contracts/experiment.ts';
import { resolvedFitters } from '../../src/config/sections/fitters.ts';
import { Training } from '../../src/config/sections/training.ts';
import { loadFitter } from '../../src/plugins/discover.ts';
import { checkTrains, eachOnce, RepeatedKeys } from '../../src/repeated/config.ts';

/** The YAML keys of the experiment on the depth of the network. */
export const DepthKeys = RepeatedKeys.extend({
  training: Training.describe('voxels that networks are trained on'),
  depths: z
    .array(z.int().min(0))
    .min(1)
    .default([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
    .refine(eachOnce, { error: 'found one twice; allowed: each depth once' })
    .describe('numbers of hidden layers'),
  reference: z.int().min(0).default(3).describe('depth that the others are compared with; the study uses 3'),
});
export type DepthConfig = z.output<typeof DepthKeys>;

/** Rejects fitters without a depth, or without some of the requested depths. */
export async function checkDepths(
  config: Pick<DepthConfig, 'fitters' | 'depths' | 'reference'>,
  context: z.core.$RefinementCtx,
): Promise<void> {
  const { fitters, depths, reference } = config;
  await checkTrains(config, context);
  if (!depths.includes(reference)) {
    const message = `found ${reference}; allowed: one of the depths, ${depths.join(', ')}`;
    context.addIssue({ code: 'custom', path: ['reference'], message });
  }
  for (const [i, { name, module, settings }] of resolvedFitters(fitters)) {
    const { value } = await loadFitter(module);
    const refused = depths.find(
      (depth) => !(value.settings?.safeParse(withDepth(settings, depth)).success ?? false),
    );
    if (refused === undefined) continue;
    const message = `found ${name}, which has no depth ${refused}; allowed: fitters with a setting \`depth\` that takes it`;
    context.addIssue({ code: 'custom', path: ['fitters', i], message });
  }
}

/** Returns the settings of a fitter with another number of hidden layers. */
export const withDepth = (settings: Json, depth: number): Json => ({ ...(settings as object), depth });
