import { z } from 'zod';
import { loadFitter } from '../../src/plugins/discover.ts';
import { needsOf } from '../../src/plugins/needs-of.ts';
import { SimulatedKeys, type SimulatedConfig } from '../simulated/config.ts';

/** What YAML says of experiments that train the same network several times. */
export const RepeatedKeys = SimulatedKeys.extend({
  runs: z
    .int()
    .min(2)
    .max(1000)
    .default(10)
    .describe('trainings of each network, which differ in nothing but their seed'),
});

/** Refuses fitters that don't train: repeated, they would give the same answer again. */
export async function checkTrains(
  { fitters }: Pick<SimulatedConfig, 'fitters'>,
  context: z.core.$RefinementCtx,
): Promise<void> {
  for (const [i, { name, module, settings }] of fitters.entries()) {
    const { value } = await loadFitter(module);
    if (needsOf(value, settings).includes('training')) continue;
    const message = `found ${name}, which learns nothing; allowed: fitters that train`;
    context.addIssue({ code: 'custom', path: ['fitters', i], message });
  }
}

export const eachOnce = (values: readonly number[]): boolean => new Set(values).size === values.length;
