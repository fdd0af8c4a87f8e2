import type { CellResult } from '../contracts/cell.ts';
import type { RowSubject } from '../measures/measured-rows.ts';
import { peopleNamed, type PackedAbdomens, type Person } from './packed-abdomens.ts';
import { slicePicture } from './pictures.ts';
import { encodeScores, scoreLabels, sourcesOf } from './scores.ts';

/** Whom a method is tested on. */
export interface AssessedInput {
  readonly about: RowSubject;
  /** Names of the people. */
  readonly test: readonly string[];
  /** Whose slice pictures show, where it is one of them. */
  readonly shown: string;
}

/** Compares label maps of people with the truth and with every reader; the scores are for the cell that sums up all folds. */
export function assess(
  { about, test, shown }: AssessedInput,
  abdomens: PackedAbdomens,
  labelsOf: (person: Person) => Uint8Array,
): Required<Pick<CellResult, 'files' | 'pictures'>> {
  const pictures = [];
  const scores = [];
  for (const person of peopleNamed(abdomens, test)) {
    const labels = labelsOf(person);
    scores.push(...scoreLabels(abdomens, person, labels, sourcesOf(person)));
    if (person.name === shown)
      pictures.push(slicePicture(about, abdomens, person, { quantity: 'regions', volume: labels }));
  }
  return { files: new Map([encodeScores(scores)]), pictures };
}
