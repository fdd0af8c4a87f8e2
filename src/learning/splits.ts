import { InputError } from '../contracts/input-error.ts';
import { QuickRandom } from '../random/quick-random.ts';

/** Cases by their places, each in one set alone; nobody is in two. */
export interface Split {
  readonly training: readonly number[];
  /** For early stopping and the choice of settings; empty where none was asked for. */
  readonly validation: readonly number[];
  readonly test: readonly number[];
}

export interface SplitOptions {
  /** Shares of the subjects, the rest being trained on. */
  readonly validation: number;
  readonly test: number;
  readonly seed: number;
}

/**
 * Splits cases by subject, within each stratum by itself, so that every set has its share of every class. A subject with cases of
 * several strata goes by that of the first.
 *
 * @param subjects whose each case is
 * @param strata the class of each case, say
 * @throws InputError where a set would be left without a subject of a stratum
 */
export function splitBySubject(
  subjects: readonly string[],
  strata: readonly (string | number)[],
  { validation, test, seed }: SplitOptions,
): Split {
  const sets = { training: new Set<string>(), validation: new Set<string>(), test: new Set<string>() };
  for (const [stratum, members] of shuffledStrata(subjects, strata, seed)) {
    const [tested, validated] = [test, validation].map((share) => Math.round(share * members.length));
    const wanted = [
      tested > 0 || test === 0,
      validated > 0 || validation === 0,
      members.length > tested + validated,
    ];
    if (wanted.includes(false)) {
      throw new InputError(
        `class ${stratum} has ${subjectsInWords(members.length)}, too few for a share of ${test} to test and ${validation} to validate`,
      );
    }
    members.forEach((member, i) => {
      const set = i < tested ? sets.test : i < tested + validated ? sets.validation : sets.training;
      set.add(member);
    });
  }
  const of = (set: ReadonlySet<string>) => subjects.flatMap((subject, i) => (set.has(subject) ? [i] : []));
  return { training: of(sets.training), validation: of(sets.validation), test: of(sets.test) };
}

/**
 * Deals subjects into k folds, within each stratum by itself; each fold is the test set of one split.
 * @throws InputError where a stratum has fewer subjects than there are folds
 */
export function foldsBySubject(
  subjects: readonly string[],
  strata: readonly (string | number)[],
  { folds, seed }: { readonly folds: number; readonly seed: number },
): Split[] {
  const foldOf = new Map<string, number>();
  let next = 0;
  for (const [stratum, members] of shuffledStrata(subjects, strata, seed)) {
    if (members.length < folds) {
      throw new InputError(
        `class ${stratum} has ${subjectsInWords(members.length)}, too few for ${folds} folds`,
      );
    }
    // Going on where the last stratum ended keeps the folds of even size.
    for (const member of members) foldOf.set(member, next++ % folds);
  }
  return Array.from({ length: folds }, (_, fold): Split => {
    const within = (inside: boolean) =>
      subjects.flatMap((subject, i) => ((foldOf.get(subject) === fold) === inside ? [i] : []));
    return { training: within(false), validation: [], test: within(true) };
  });
}

/** Some of the cases of a set, as many of every class as their share: the smaller of two sizes is part of the larger. */
export function someOf(
  cases: readonly number[],
  strata: readonly (string | number)[],
  subjects: readonly string[],
  { size, seed }: { readonly size: number; readonly seed: number },
): number[] {
  const groups = shuffledStrata(
    cases.map((i) => subjects[i]),
    cases.map((i) => strata[i]),
    seed,
  );
  const all = [...groups.values()].flat().length;
  const chosen = new Set<string>();
  for (const members of groups.values()) {
    const share = Math.max(1, Math.round((size * members.length) / all));
    for (const member of members.slice(0, share)) chosen.add(member);
  }
  return cases.filter((i) => chosen.has(subjects[i]));
}

/** The subjects of every stratum, in an order drawn from the seed; it depends on their names, not on that of the cases. */
function shuffledStrata(
  subjects: readonly string[],
  strata: readonly (string | number)[],
  seed: number,
): Map<string, string[]> {
  const stratumOf = new Map<string, string>();
  subjects.forEach((subject, i) => {
    if (!stratumOf.has(subject)) stratumOf.set(subject, String(strata[i]));
  });
  const groups = new Map<string, string[]>();
  for (const subject of [...stratumOf.keys()].sort()) {
    const stratum = stratumOf.get(subject)!;
    groups.set(stratum, [...(groups.get(stratum) ?? []), subject]);
  }
  const random = new QuickRandom(seed);
  const sorted = [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
  return new Map(sorted.map(([stratum, members]) => [stratum, shuffled(members, random)]));
}

/** Fisher and Yates' shuffle. */
export function shuffled<T>(items: readonly T[], random: QuickRandom): T[] {
  const order = [...items];
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(random.uniform() * (i + 1));
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}

const subjectsInWords = (count: number): string => `${count} ${count === 1 ? 'subject' : 'subjects'}`;
