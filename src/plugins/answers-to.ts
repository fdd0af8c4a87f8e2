import type { FitterEntry } from '../contracts/study.ts';

/** Whether a fitter of a config is meant by a name: its own, or that of all the repeats or combinations of settings it is one of. */
export const answersTo = (
  { name, repeat, variant }: Pick<FitterEntry, 'name' | 'repeat' | 'variant'>,
  wanted: string,
): boolean => name === wanted || repeat?.of === wanted || variant?.of === wanted;
