import type { Task } from '../contracts/cell.ts';
import type { Row } from '../contracts/metric.ts';
import { noiseFloorShare } from '../image-metrics/noise-floor.ts';
import { RMSE_DIFFERENCE, RMSE_OF_FLOOR } from '../measures/synthesis.ts';
import { SIX } from './data-cells.ts';
import type { RowSubject } from '../measures/measured-rows.ts';
import { meanRow } from './rows.ts';
import { decodeScores, errorsBySubject, REFERENCES, SCORED_SETS, SCORES, type Scores } from './scores.ts';

/** One method under one condition, all of its trainings together. */
export interface CompareInput {
  /** Without the factor of seeds. */
  readonly about: RowSubject;
  /** How many trainings there are: the needs `training 1`, `training 2`, … */
  readonly trainings: number;
  /** What it is compared with on the same subjects, and the trainings of the k-th: the needs `rival k, training 1`, … */
  readonly rivals: readonly { readonly name: string; readonly trainings: number }[];
  readonly inputAmongSix: boolean;
}

/** The need that holds the errors of one repetition. */
export const ACQUIRED = 'acquired';

/** How near a method comes to the noise floor, and how far it is from others, subject by subject. */
export const compareImages: Task<CompareInput> = {
  module: import.meta.url,
  name: 'compareImages',
  async run({ about, trainings, rivals, inputAmongSix }, context) {
    const scoresOf = (name: string, count: number): Promise<Scores[][]> =>
      Promise.all(
        Array.from({ length: count }, async (_, i) =>
          decodeScores(await context.read(`${name} ${i + 1}`, SCORES)),
        ),
      );
    const own = await scoresOf('training', trainings);
    const one = [decodeScores(await context.read(ACQUIRED, SCORES))];
    const others = await Promise.all(
      rivals.map(async (rival, k) => ({
        name: rival.name,
        scores: await scoresOf(`rival ${k + 1}, training`, rival.trainings),
      })),
    );
    const share = noiseFloorShare(SIX, inputAmongSix);
    const rows: Row[] = [];
    for (const set of SCORED_SETS) {
      const floors = errorsBySubject(one, set, 'six');
      const ratios = [...errorsBySubject(own, set, 'six')].map(
        ([subject, error]) => error / (share * floors.get(subject)!),
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
