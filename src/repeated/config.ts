import { z } from 'zod';
import type { Fitter } from '../contracts/fitter.ts';
import { resolvedFitters } from '../config/sections/fitters.ts';
import { loadFitter } from '../plugins/discover.ts';
import { trains } from '../preparation/learning.ts';
import { SimulatedKeys, type SimulatedConfig } from '../simulated/config.ts';

/** The YAML keys of experiments that train the same network several times. */
export const RepeatedKeys = SimulatedKeys.extend({
  runs: z
    .int()
    .min(2)
    .max(1000)
    .default(10)
    .describe('number of trainings of each network, which differ only in their seed'),
});

/** Rejects fitters that do not train on given voxels, since those are what the experiment varies or measures. */
export const checkTrains = (config: HasFitters, context: z.core.$RefinementCtx): Promise<void> =>
  check(config, context, {
    allowed: (fitter) => fitter.trains === 'on given voxels',
    otherwise: 'which is not trained on voxels it is given; allowed: fitters that are',
  });

/** Rejects fitters that don't learn: repeating them would give the same estimates. */
export const checkLearns = (config: HasFitters, context: z.core.$RefinementCtx): Promise<void> =>
  check(config, context, { allowed: trains, otherwise: 'which trains nothing; allowed: fitters that train' });

type HasFitters = Pick<SimulatedConfig, 'fitters'>;

interface FitterRule {
  readonly allowed: (fitter: Fitter) => boolean;
  readonly otherwise: string;
}

async function check(
  { fitters }: HasFitters,
  context: z.core.$RefinementCtx,
  { allowed, otherwise }: FitterRule,
): Promise<void> {
  for (const [i, { name, module }] of resolvedFitters(fitters)) {
    if (allowed((await loadFitter(module)).value)) continue;
    context.addIssue({ code: 'custom', path: ['fitters', i], message: `found ${name}, ${otherwise}` });
  }
}

export const eachOnce = (values: readonly number[]): boolean => new Set(values).size === values.length;
