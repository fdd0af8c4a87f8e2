import type { Study } from '../contracts/study.ts';
import { selectFitters } from '../runner/select-fitters.ts';

/**
 * Returns the fitters of a study that `only` leaves out; repeats are listed by their own names and by their shared one.
 * @throws InputError if `only` matches none of the study
 */
export function fittersLeftOut(study: Study, only: readonly string[] | undefined): string[] {
  const asked = new Set(namesOfFitters(selectFitters(study, only)));
  return namesOfFitters(study).filter((name) => !asked.has(name));
}

/** Returns the names of all fitters of a study, including the shared names of repeats. */
export const namesOfFitters = ({ config: { fitters = [] } }: Study): string[] => [
  ...new Set(fitters.flatMap(({ name, repeat }) => (repeat ? [repeat.of, name] : [name]))),
];
