import { z } from 'zod';
import { InputError } from '../../contracts/input-error.ts';
import type { Shape } from '../../contracts/learner.ts';

/** The setting `channels` of networks that halve a volume several times. @param filters what its numbers are filters of */
export const channelsSetting = (filters: string) =>
  z.array(z.int().min(1).max(256)).min(1).max(5).default([8, 16, 32]).describe(filters);

/** @throws InputError where cases are no volumes, or too small to be halved so often */
export function requirePoolable(model: string, shape: Shape, poolings: number): void {
  const least = 2 ** poolings;
  if (shape.length === 4 && shape.slice(0, 3).every((size) => size >= least)) return;
  throw new InputError(
    `${model} takes volumes of at least ${least} voxels along each axis, for ${poolings} poolings; these are [${shape.join(', ')}]`,
  );
}
