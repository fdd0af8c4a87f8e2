import type { Study } from '../contracts/study.ts';
import { selectFitters } from '../runner/select-fitters.ts';

/**
 * The fitters of a study that `only` leaves out, repeats both by their own names and by the one they share.
 * @throws InputError where `only` names none of the study
 */
export function fittersLeftOut(study: Study, only: readonly string[] | undefined): string[] {
  const asked = new Set(namesOfFitters(selectFitters(study, only)));
  return namesOfFitters(study).filter((name) => !asked.has(name));
}

/** The names of all fitters of a study, of repeats the one they share too. */
export const namesOfFitters = ({ config: { fitters = [] } }: Study): string[] => [
  ...new Set(fitters.flatMap(({ name, repeat }) => (repeat ? [repeat.of, name] : [name]))),
];
