import { z } from 'zod';

/** How the learning rate changes over a training. */
export const scheduleSetting = z
  .enum(['constant', 'cosine'])
  .default('cosine')
  .describe(
    'course of the learning rate: `constant`, or `cosine`, which rises over the first twentieth of the steps and then falls to 0 along half a cosine',
  );
export type Schedule = z.infer<typeof scheduleSetting>;

const WARM_UP = 0.05;

/**
 * The share of the learning rate at a step: after a linear rise, half a cosine (Loshchilov and Hutter 2017, without restarts).
 * @param step from 0
 */
export function scheduled(schedule: Schedule, step: number, steps: number): number {
  if (schedule === 'constant') return 1;
  const warmUp = Math.ceil(WARM_UP * steps);
  if (step < warmUp) return (step + 1) / warmUp;
  return 0.5 * (1 + Math.cos((Math.PI * (step - warmUp)) / Math.max(1, steps - warmUp)));
}
