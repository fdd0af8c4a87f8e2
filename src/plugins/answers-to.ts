import type { FitterEntry } from '../contracts/study.ts';

/** Whether a fitter of a config is meant by a name: its own, or that of all the repeats it is one of. */
export const answersTo = ({ name, repeat }: Pick<FitterEntry, 'name' | 'repeat'>, wanted: string): boolean =>
  name === wanted || repeat?.of === wanted;
