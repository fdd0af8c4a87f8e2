import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { foldsBySubject, someOf, splitBySubject, type Split } from '../../src/learning/splits.ts';

const test = suite('learning: splits');

/** Subjects with one to three cases each, all of one class per subject, in any order. */
const cohort = fc
  .array(fc.record({ cases: fc.integer({ min: 1, max: 3 }), stratum: fc.integer({ min: 0, max: 2 }) }), {
    minLength: 30,
    maxLength: 80,
  })
  .chain((people) => {
    const all = people.flatMap(({ cases, stratum }, i) =>
      Array.from({ length: cases }, () => ({ subject: `sub-${i}`, stratum })),
    );
    return fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length });
  })
  .map((cases) => ({
    subjects: cases.map(({ subject }) => subject),
    strata: cases.map(({ stratum }) => stratum),
  }));

const subjectsOf = (subjects: readonly string[], cases: readonly number[]) =>
  new Set(cases.map((i) => subjects[i]));
const countOf = (
  subjects: readonly string[],
  strata: readonly number[],
  cases: readonly number[],
  stratum: number,
) => new Set(cases.filter((i) => strata[i] === stratum).map((i) => subjects[i])).size;

function requireApart(subjects: readonly string[], { training, validation, test: tested }: Split): void {
  const sets = [training, validation, tested];
  assert.equal(
    sets.flat().sort((a, b) => a - b),
    subjects.map((_, i) => i),
  );
  const people = sets.map((cases) => subjectsOf(subjects, cases));
  const all = new Set(subjects);
  assert.is(
    people.reduce((sum, { size }) => sum + size, 0),
    all.size,
    'a subject is in two sets',
  );
}

test('nobody is in two sets, nobody is lost, and every set has its share of every class', () => {
  fc.assert(
    fc.property(cohort, fc.nat(1e6), ({ subjects, strata }, seed) => {
      const sizes = [0, 1, 2].map((s) =>
        countOf(
          subjects,
          strata,
          subjects.map((_, i) => i),
          s,
        ),
      );
      fc.pre(sizes.every((size) => size === 0 || size >= 5));
      const split = splitBySubject(subjects, strata, { validation: 0.2, test: 0.2, seed });
      requireApart(subjects, split);
      sizes.forEach((size, stratum) => {
        for (const set of [split.validation, split.test]) {
          assert.is(countOf(subjects, strata, set, stratum), Math.round(0.2 * size));
        }
      });
    }),
  );
});

test('every subject is tested in one fold, and folds differ by one subject at most', () => {
  fc.assert(
    fc.property(cohort, fc.nat(1e6), fc.integer({ min: 2, max: 5 }), ({ subjects, strata }, seed, folds) => {
      const sizes = [0, 1, 2].map((s) =>
        countOf(
          subjects,
          strata,
          subjects.map((_, i) => i),
          s,
        ),
      );
      fc.pre(sizes.every((size) => size === 0 || size >= folds));
      const splits = foldsBySubject(subjects, strata, { folds, seed });
      for (const split of splits) requireApart(subjects, split);
      const tested = splits.map((split) => subjectsOf(subjects, split.test));
      assert.equal(tested.flatMap((people) => [...people]).sort(), [...new Set(subjects)].sort());
      const counts = tested.map(({ size }) => size);
      assert.ok(Math.max(...counts) - Math.min(...counts) <= 1, String(counts));
    }),
  );
});

test('a split depends on the names of the subjects and the seed, not on the order of the cases', () => {
  fc.assert(
    fc.property(cohort, fc.nat(1e6), ({ subjects, strata }, seed) => {
      const options = { validation: 0, test: 0.3, seed };
      const tested = (s: string[], t: number[]) =>
        [...subjectsOf(s, splitBySubject(s, t, options).test)].sort();
      let expected: string[];
      try {
        expected = tested(subjects, strata);
      } catch {
        fc.pre(false);
        return;
      }
      assert.equal(tested([...subjects].reverse(), [...strata].reverse()), expected);
    }),
  );
});

test('another seed is another split', () => {
  const subjects = Array.from({ length: 60 }, (_, i) => `sub-${i}`);
  const strata = subjects.map((_, i) => i % 2);
  const of = (seed: number) => splitBySubject(subjects, strata, { validation: 0.1, test: 0.2, seed });
  assert.equal(of(1), of(1));
  assert.not.equal(of(1).test, of(2).test);
});

test('a smaller part of a set is part of a larger one, and keeps the share of the classes', () => {
  const subjects = Array.from({ length: 200 }, (_, i) => `sub-${i}`);
  const strata = subjects.map((_, i) => Number(i % 4 === 0));
  const { training } = splitBySubject(subjects, strata, { validation: 0, test: 0.2, seed: 4 });
  const parts = [20, 40, 80, 160].map((size) => someOf(training, strata, subjects, { size, seed: 9 }));
  parts.forEach((part, i) => {
    assert.is(part.length, 20 * 2 ** i);
    assert.is(part.filter((at) => strata[at] === 1).length, 5 * 2 ** i);
    if (i > 0) assert.ok(parts[i - 1].every((at) => part.includes(at)));
  });
});

test('too few subjects of a class are refused, naming it', () => {
  const subjects = ['a', 'b', 'c', 'd', 'e', 'f'];
  const strata = ['no', 'no', 'no', 'no', 'no', 'yes'];
  assert.throws(
    () => splitBySubject(subjects, strata, { validation: 0, test: 0.2, seed: 1 }),
    /class yes has 1 subject,/,
  );
  assert.throws(
    () => foldsBySubject(subjects, strata, { folds: 2, seed: 1 }),
    /class yes has 1 subjects?, too few for 2 folds/,
  );
});

test.run();
