import type { Task } from '../contracts/cell.ts';
import type { Row } from '../contracts/metric.ts';
import { noiseFloorShare } from '../image-metrics/noise-floor.ts';
import { FLOOR, ONE, RMSE_FLOOR, SIX_REPETITIONS } from '../measures/synthesis.ts';
import { SIX } from './data-cells.ts';
import { decodeBrains, withoutLesions } from './packed-brains.ts';
import { pictureOf, PERFUSION } from './pictures.ts';
import type { RowSubject } from '../measures/measured-rows.ts';
import { meanRow } from './rows.ts';
import {
  errorsBySubject,
  SCORED_SETS,
  scoredResult,
  scoreImages,
  scoreLesions,
  type Scores,
} from './scores.ts';

export interface AcquiredInput {
  readonly experiment: string;
  readonly inputAmongSix: boolean;
}

/** Images without any processing: how far one repetition is from six and from the truth, and the floor that follows; and pictures. */
export const acquired: Task<AcquiredInput> = {
  module: import.meta.url,
  name: 'acquired',
  async run({ experiment, inputAmongSix }, context) {
    const about = (method: string): RowSubject => ({ experiment, method, factors: {} });
    const share = noiseFloorShare(SIX, inputAmongSix);
    const rows: Row[] = [];
    const all: Scores[] = [];
    const pictures = [];
    for (const set of SCORED_SETS) {
      const brains = decodeBrains(await context.files(set));
      const one = [
        ...scoreImages(brains, set, withoutLesions(brains, brains.images.one)),
        ...scoreLesions(brains, set, brains.images.one),
      ];
      all.push(...one);
      rows.push(...scoredResult(about(ONE), one).rows);
      const floors = [...errorsBySubject([one], set, 'six').values()].map((error) => share * error);
      rows.push(meanRow(about(FLOOR), RMSE_FLOOR, floors, { set }));
      if (set === 'validation') continue;
      for (const [method, image, quantity] of [
        ['', brains.images.PDw, 'PDw'],
        ['', brains.images.T2w, 'T2w'],
        [ONE, brains.images.one, PERFUSION],
        [SIX_REPETITIONS, brains.images.six, PERFUSION],
        ['truth', brains.images.truth, PERFUSION],
      ] as const) {
        pictures.push(...pictureOf(about(method), brains, set, { image, quantity }));
      }
    }
    return { rows, files: scoredResult(about(ONE), all).files, pictures };
  },
};

/** The errors of six repetitions against the truth. */
export const sixAgainstTruth: Task<AcquiredInput> = {
  module: import.meta.url,
  name: 'sixAgainstTruth',
  async run({ experiment }, context) {
    const scores: Scores[] = [];
    for (const set of SCORED_SETS) {
      const brains = decodeBrains(await context.files(set));
      scores.push(
        ...scoreImages(brains, set, withoutLesions(brains, brains.images.six)).filter(
          ({ factors }) => factors.reference === 'truth',
        ),
      );
    }
    return scoredResult({ experiment, method: SIX_REPETITIONS, factors: {} }, scores);
  },
};
