import type { Task } from '../contracts/cell.ts';
import type { Row } from '../contracts/metric.ts';
import type { RowSubject } from '../measures/measured-rows.ts';
import { NRMSE_DIFFERENCE, NRMSE_RATIO } from '../measures/reconstruction.ts';
import { meanRow } from '../synthesised/rows.ts';
import { decodeErrors, ERRORS, type ScoredSet, type SubjectErrors } from './scores.ts';

export interface CompareInput {
  readonly about: RowSubject;
  readonly coils: number;
  readonly accelerations: readonly number[];
  /**
   * What it is compared with. Of several members the one with the lowest error on validation subjects stands for the rival, at every acceleration
   * by itself; the numbers of their cells, the needs `rival 1`, `rival 2`, …
   */
  readonly rivals: readonly { readonly name: string; readonly members: readonly (readonly number[])[] }[];
}

/** The need that holds the errors of the method itself. */
export const OWN = 'own';
export const rivalNeed = (number: number): string => `rival ${number}`;

/** How far a method is from others on the same subjects and measured data. */
export const compareReconstructions: Task<CompareInput> = {
  module: import.meta.url,
  name: 'compareReconstructions',
  async run({ about, coils, accelerations, rivals }, context) {
    const errorsIn = async (need: string) => decodeErrors(await context.read(need, ERRORS));
    const own = await errorsIn(OWN);
    const others = await Promise.all(
      rivals.map(async ({ name, members }) => ({
        name,
        members: await Promise.all(
          members.map(async (numbers) =>
            (await Promise.all(numbers.map((number) => errorsIn(rivalNeed(number))))).flat(),
          ),
        ),
      })),
    );
    const rows: Row[] = [];
    for (const set of ['test', 'other'] as const) {
      for (const acceleration of accelerations) {
        const mine = find(own, set, acceleration)!;
        for (const { name, members } of others) {
          const theirs = find(bestOf(members, acceleration), set, acceleration)!;
          const pairs = mine.subjects.map((subject, i) => ({
            mine: mine.values[i],
            theirs: theirs.values[theirs.subjects.indexOf(subject)],
          }));
          const factors = { set, coils, acceleration, compared_with: name };
          rows.push(
            meanRow(
              about,
              NRMSE_DIFFERENCE,
              pairs.map((pair) => pair.mine - pair.theirs),
              factors,
            ),
            meanRow(
              about,
              NRMSE_RATIO,
              pairs.map((pair) => pair.mine / pair.theirs),
              factors,
            ),
          );
        }
      }
    }
    return { rows };
  },
};

const find = (
  errors: readonly SubjectErrors[],
  set: ScoredSet,
  acceleration: number,
): SubjectErrors | undefined => errors.find((of) => of.set === set && of.acceleration === acceleration);

function bestOf(
  members: readonly (readonly SubjectErrors[])[],
  acceleration: number,
): readonly SubjectErrors[] {
  const mean = (errors: readonly SubjectErrors[]): number => {
    const { values } = find(errors, 'validation', acceleration)!;
    return values.reduce((sum, value) => sum + value, 0) / values.length;
  };
  return members.reduce((best, member) => (mean(member) < mean(best) ? member : best));
}
