import type { Task } from '../contracts/cell.ts';
import type { Row } from '../contracts/metric.ts';
import { RMSE_DIFFERENCE, RMSE_FLOOR, RMSE_OF_FLOOR } from '../measures/synthesis.ts';
import type { RowSubject } from '../measures/measured-rows.ts';
import { meanRow } from './rows.ts';
import {
  averagedScores,
  decodeScores,
  errorsBySubject,
  REFERENCES,
  scoreRows,
  SCORES,
  valuesBySubject,
  type ScoredSet,
  type Scores,
} from './scores.ts';

/** One method under one condition, all of its trainings together. */
export interface CompareInput {
  /** Without the factor of seeds. */
  readonly about: RowSubject;
  /** How many trainings there are: the needs `training 1`, `training 2`, … */
  readonly trainings: number;
  /** What it is compared with on the same subjects, and the trainings of the k-th: the needs `rival k, training 1`, … */
  readonly rivals: readonly { readonly name: string; readonly trainings: number }[];
  readonly sets: readonly ScoredSet[];
}

/** The need that holds the floors of the error against six repetitions. */
export const ACQUIRED = 'acquired';

/**
 * How near a method comes to the noise floor, and how far it is from others, subject by subject. Of several trainings it reports the mean of
 * each subject's values too: its interval is over subjects, and no mean of intervals.
 */
export const compareImages: Task<CompareInput> = {
  module: import.meta.url,
  name: 'compareImages',
  async run({ about, trainings, rivals, sets }, context) {
    const scoresOf = (name: string, count: number): Promise<(readonly Scores[])[]> =>
      Promise.all(
        Array.from({ length: count }, async (_, i) =>
          decodeScores(await context.read(`${name} ${i + 1}`, SCORES)),
        ),
      );
    const own = await scoresOf('training', trainings);
    const acquired = decodeScores(await context.read(ACQUIRED, SCORES));
    const others = await Promise.all(
      rivals.map(async (rival, k) => ({
        name: rival.name,
        scores: await scoresOf(`rival ${k + 1}, training`, rival.trainings),
      })),
    );
    const rows: Row[] = trainings > 1 ? scoreRows(about, averagedScores(own)) : [];
    for (const set of sets) {
      const floors = valuesBySubject(acquired, set, RMSE_FLOOR);
      const ratios = [...errorsBySubject(own, set, 'six')].map(
        ([subject, error]) => error / floors.get(subject)!,
      );
      rows.push(meanRow(about, RMSE_OF_FLOOR, ratios, { set }));
      for (const reference of REFERENCES) {
        const errors = errorsBySubject(own, set, reference);
        for (const { name, scores } of others) {
          const theirs = errorsBySubject(scores, set, reference);
          const differences = [...errors].flatMap(([subject, error]) =>
            theirs.has(subject) ? [error - theirs.get(subject)!] : [],
          );
          if (differences.length === 0) continue;
          rows.push(meanRow(about, RMSE_DIFFERENCE, differences, { set, reference, compared_with: name }));
        }
      }
    }
    return { rows };
  },
};
