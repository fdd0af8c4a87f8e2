import { join } from 'node:path';
import { cellOf, type Cell } from '../contracts/cell.ts';
import { InputError } from '../contracts/input-error.ts';
import { contentHash } from '../files/digest.ts';
import { anatomyFile, type AnatomyName } from '../images/brains/anatomy.ts';
import type { BrainSettings } from '../images/brains/settings.ts';
import { PARTICIPANTS } from '../images/case-files.ts';
import {
  listSubjects,
  SUBJECT_SETS,
  type SubjectList,
  type SubjectSet,
} from '../images/perfusion/list-subjects.ts';
import { maskPath, seriesPath, weightedPath } from '../images/perfusion/subject-files.ts';
import { splitBySubject } from '../learning/splits.ts';
import { SIX } from '../measures/synthesis.ts';
import { deriveSeed } from '../random/seed.ts';
import type { SynthesisedConfig } from './config.ts';
import { simulateBrains, type SomeLesions } from './data-cells.ts';
import { readSubjects } from './read-cell.ts';

export const ANATOMY_OF: Record<SubjectSet, AnatomyName> = {
  training: 'icbm152',
  validation: 'icbm152',
  test: 'icbm152',
  other: 'colin27',
};

/** Numbers of virtual subjects that no other set shares. */
export const FIRST_NUMBER: Record<SubjectSet, number> = {
  training: 0,
  validation: 100_000,
  test: 200_000,
  other: 300_000,
};

export const NO_LESIONS: SomeLesions = { share: 0, unseen: 0 };

/** What a study's virtual subjects are simulated from; undefined with data of one's own. */
export function virtualBrains({
  data,
  seed,
}: Pick<SynthesisedConfig, 'data' | 'seed'>):
  | { brains: BrainSettings; counts: Record<SubjectSet, number>; lesions: SomeLesions }
  | undefined {
  if (data.virtual === undefined) return undefined;
  const { withLesions, unseen, training, validation, test, other, ...settings } = data.virtual;
  return {
    brains: { ...settings, seed: deriveSeed(seed, 'brains') },
    counts: { training, validation, test, other },
    lesions: { share: withLesions, unseen },
  };
}

/** Repetitions that a subject needs: those whose mean is the reference, and one that is given. */
export const repetitionsNeeded = ({ inputAmongSix }: Pick<SynthesisedConfig, 'inputAmongSix'>): number =>
  inputAmongSix ? SIX : SIX + 1;

/** The subjects of a folder, as the keys of a study want them. */
export const listedSubjects = (config: SynthesisedConfig): Promise<SubjectList> =>
  listSubjects(config.data.folder!, {
    weighted: config.weighted,
    repetitions: repetitionsNeeded(config),
  });

/** The cells of a study's subjects, and the sets that there are. */
export interface PlannedSubjects {
  readonly cells: readonly Cell[];
  readonly sets: readonly SubjectSet[];
}

/**
 * One cell per set of subjects. Virtual ones that results are of are there without, with seen and with unseen lesions.
 * @param acquired whether some training takes the repetitions that training subjects were scanned with
 * @throws InputError where a folder's table or images are not as they must be, or a set would be empty
 */
export async function planSubjects(config: SynthesisedConfig, acquired: boolean): Promise<PlannedSubjects> {
  const { inputAmongSix, weighted } = config;
  const virtual = virtualBrains(config);
  if (virtual === undefined) return planFolder(config, acquired);
  const { brains, counts } = virtual;
  const lesions = {
    training: virtual.lesions,
    validation: NO_LESIONS,
    test: 'each',
    other: 'each',
  } as const;
  const cells = await Promise.all(
    SUBJECT_SETS.map(async (set) => {
      const anatomy = ANATOMY_OF[set];
      const { file, content } = await anatomyFile(anatomy);
      return cellOf(simulateBrains, {
        id: set,
        input: {
          ...{ anatomy, content, brains, weighted, inputAmongSix },
          ...{ subjects: counts[set], from: FIRST_NUMBER[set], lesions: lesions[set] },
          repetitions: acquired && set === 'training',
        },
        places: { file },
      });
    }),
  );
  return { cells, sets: SUBJECT_SETS };
}

/** Fewest subjects of each set of a folder: an interval needs two. */
const FEWEST: Record<SubjectSet, number> = { training: 2, validation: 1, test: 2, other: 0 };

async function planFolder(config: SynthesisedConfig, acquired: boolean): Promise<PlannedSubjects> {
  const { weighted, inputAmongSix, seed, data } = config;
  const folder = data.folder!;
  const { subjects } = await listedSubjects(config);
  const divided = divide(subjects, join(folder, PARTICIPANTS), {
    ...data.shares,
    seed: deriveSeed(seed, 'division'),
  });
  for (const set of SUBJECT_SETS) {
    const count = divided[set].length;
    if (count >= FEWEST[set]) continue;
    throw new InputError(
      `${join(folder, PARTICIPANTS)}: the set ${set} has ${count} of ${subjects.length} subjects; allowed: at least ${FEWEST[set]}`,
    );
  }
  const sets = SUBJECT_SETS.filter((set) => divided[set].length > 0);
  const cells = await Promise.all(
    sets.map(async (set) => {
      const content: string[] = [];
      for (const subject of divided[set]) {
        const paths = [
          seriesPath(subject),
          maskPath(subject),
          ...weighted.map((name) => weightedPath(subject, name)),
        ];
        for (const path of paths) content.push(await contentHash(join(folder, path)));
      }
      return cellOf(readSubjects, {
        id: set,
        input: {
          ...{ subjects: divided[set], content, weighted, inputAmongSix },
          repetitions: repetitionsNeeded(config),
          keep: acquired && set === 'training',
        },
        places: { folder },
      });
    }),
  );
  return { cells, sets };
}

/** The subjects of every set: as a table says, or at random. */
function divide(
  subjects: SubjectList['subjects'],
  table: string,
  shares: { readonly validation: number; readonly test: number; readonly seed: number },
): Record<SubjectSet, readonly string[]> {
  const names = subjects.map(({ subject }) => subject);
  if (subjects[0].set !== undefined) {
    const of = (wanted: SubjectSet) => names.filter((_, i) => subjects[i].set === wanted);
    return { training: of('training'), validation: of('validation'), test: of('test'), other: of('other') };
  }
  try {
    const split = splitBySubject(
      names,
      names.map(() => 'of the study'),
      shares,
    );
    const of = (places: readonly number[]) => places.map((place) => names[place]);
    return {
      training: of(split.training),
      validation: of(split.validation),
      test: of(split.test),
      other: [],
    };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new InputError(
      `${table}: ${names.length} subjects are too few for a share of ${shares.test} to test on and of ${shares.validation} to validate with`,
      { cause: error },
    );
  }
}
