import type { Task } from '../contracts/cell.ts';
import { readSubject, type PerfusionSubject } from '../images/perfusion/read-subject.ts';
import type { Weighting } from '../images/weighting.ts';
import { concatenated } from '../learning/concatenated.ts';
import { oneAndSix } from './data-cells.ts';
import { encodeBrains, type PackedBrains } from './packed-brains.ts';

export interface ReadInput {
  readonly subjects: readonly string[];
  /** Hashes of their images, subject by subject. */
  readonly content: readonly string[];
  readonly weighted: readonly Weighting[];
  /** Repetitions that are read of each. */
  readonly repetitions: number;
  readonly inputAmongSix: boolean;
  /** Whether all of them are kept, for trainings. */
  readonly keep: boolean;
}

export interface SubjectsPlace {
  readonly folder: string;
}

/** Reads subjects from disk. They have no truth and no pairs with and without lesions. */
export const readSubjects: Task<ReadInput, SubjectsPlace> = {
  module: import.meta.url,
  name: 'readSubjects',
  async run({ subjects, weighted, repetitions, inputAmongSix, keep }, context) {
    const all: PerfusionSubject[] = [];
    for (const [i, subject] of subjects.entries()) {
      all.push(await readSubject(context.places.folder, subject, { weighted, repetitions }));
      context.onProgress((i + 1) / subjects.length, `reading ${subject}`);
    }
    const given = all.map((subject) => oneAndSix(subject.repetitions, inputAmongSix));
    const packed: PackedBrains = {
      subjects,
      lesions: subjects.map(() => 'none'),
      shape: all[0].shape,
      pixel: all[0].pixel,
      sigmas: all.map(({ sigma }) => sigma),
      weighted,
      images: {
        one: concatenated(given.map(({ one }) => one)),
        six: concatenated(given.map(({ six }) => six)),
        brain: concatenated(all.map(({ brain }) => brain)),
        ...Object.fromEntries(
          weighted.map((name) => [name, concatenated(all.map((subject) => subject.weighted.get(name)!))]),
        ),
        ...(keep ? { repetitions: concatenated(all.flatMap((subject) => subject.repetitions)) } : {}),
      },
    };
    return { rows: [], files: encodeBrains(packed) };
  },
};
