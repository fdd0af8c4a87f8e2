import type { Task } from '../contracts/cell.ts';
import type { Row } from '../contracts/metric.ts';
import { noiseFloorShare } from '../image-metrics/noise-floor.ts';
import { rmsePercent } from '../image-metrics/rmse-percent.ts';
import { FLOOR, ONE, RMSE_FLOOR, SIX, SIX_REPETITIONS } from '../measures/synthesis.ts';
import { entriesWith, ofEntry, withoutLesions, type PackedBrains } from './packed-brains.ts';
import { PERFUSION } from '../measures/quantities.ts';
import { pictureOf } from './pictures.ts';
import type { RowSubject } from '../measures/measured-rows.ts';
import {
  errorsBySubject,
  scoredResult,
  scoredSets,
  scoreImages,
  scoreLesions,
  scoreRows,
  type ScoredSet,
  type Scores,
} from './scores.ts';

export interface AcquiredInput {
  readonly experiment: string;
  readonly inputAmongSix: boolean;
  readonly sets: readonly ScoredSet[];
}

/** Images without any processing: how far one repetition is from six and from the truth, and the floor that follows; and pictures. */
export const acquired: Task<AcquiredInput> = {
  module: import.meta.url,
  name: 'acquired',
  async run({ experiment, inputAmongSix, sets }, context) {
    const about = (method: string): RowSubject => ({ experiment, method, factors: {} });
    const rows: Row[] = [];
    const all: Scores[] = [];
    const pictures = [];
    for await (const [set, brains] of scoredSets(sets, context)) {
      const one = [
        ...scoreImages(brains, set, withoutLesions(brains, brains.images.one)),
        ...scoreLesions(brains, set, brains.images.one),
      ];
      const floor = floors(brains, set, errorsBySubject([one], set, 'six'), inputAmongSix);
      all.push(...one, floor);
      rows.push(...scoreRows(about(ONE), one), ...scoreRows(about(FLOOR), [floor]));
      if (set === 'validation') continue;
      const { images, weighted } = brains;
      for (const [method, image, quantity] of [
        ...weighted.map((name) => ['', images[name], name] as const),
        [ONE, images.one, PERFUSION] as const,
        [SIX_REPETITIONS, images.six, PERFUSION] as const,
        ['truth', images.truth, PERFUSION] as const,
      ]) {
        if (image) pictures.push(...pictureOf(about(method), brains, set, { image, quantity }));
      }
    }
    return { rows, files: scoredResult(about(ONE), all).files, pictures };
  },
};

/**
 * The floor of each subject. Of virtual subjects it is a share of the error of one repetition, whose noise is independent; of others the noise is
 * as their repetitions differ, and what varies between them beside noise is taken for noise.
 */
function floors(
  brains: PackedBrains,
  set: ScoredSet,
  errors: ReadonlyMap<string, number>,
  inputAmongSix: boolean,
): Scores {
  const share = noiseFloorShare(SIX, inputAmongSix);
  // sigma² (1 + 1/6), or sigma² (1 - 1/6) where the one is among the six.
  const oneFromSix = Math.sqrt(inputAmongSix ? 1 - 1 / SIX : 1 + 1 / SIX);
  const estimated = entriesWith(brains, 'none').map((entry) => {
    const six = ofEntry(brains, brains.images.six, entry);
    const within = ofEntry(brains, brains.images.brain, entry);
    const noise = six.map((value) => value + oneFromSix * brains.sigmas[entry]);
    return [brains.subjects[entry], rmsePercent({ image: noise, reference: six, within })] as const;
  });
  const known = brains.images.truth !== undefined;
  const found = known ? [...errors] : estimated;
  return {
    ...{ set, measure: RMSE_FLOOR.name, factors: {} },
    subjects: found.map(([subject]) => subject),
    values: found.map(([, error]) => share * error),
  };
}

/** The errors of six repetitions against the truth. */
export const sixAgainstTruth: Task<AcquiredInput> = {
  module: import.meta.url,
  name: 'sixAgainstTruth',
  async run({ experiment, sets }, context) {
    const scores: Scores[] = [];
    for await (const [set, brains] of scoredSets(sets, context)) {
      scores.push(
        ...scoreImages(brains, set, withoutLesions(brains, brains.images.six)).filter(
          ({ factors }) => factors.reference === 'truth',
        ),
      );
    }
    return scoredResult({ experiment, method: SIX_REPETITIONS, factors: {} }, scores);
  },
};
