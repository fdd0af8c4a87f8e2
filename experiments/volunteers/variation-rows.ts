import { betweenSubjectCv, meanRegionCv } from '../../src/agreement/variation.ts';
import { subjectJackknife } from '../../src/agreement/subject-jackknife.ts';
import { LOGARITHMIC } from '../../src/statistics/jackknife.ts';
import type { Agreement, Statistic } from './agreement-rows.ts';
import type { RatedRegions } from './rated-regions.ts';
import { CV_PERCENT } from '../../src/measures/agreement.ts';

/**
 * Computes the variation between subjects, averaged over readers: the CV of every region, and its mean over the regions as in
 * the study, with jackknife intervals over subjects.
 */
export function subjectVariation({ targets, means }: RatedRegions): Agreement {
  const known = targets
    .map((target, i) => ({ ...target, value: means[i] }))
    .filter(({ value }) => !Number.isNaN(value));
  const regions = [...new Set(known.map(({ region }) => region))];
  const byRegion = regions.map((region) => known.filter((each) => each.region === region));
  const few = byRegion.filter(({ length }) => length < 2).map(([{ region }]) => region);
  const notes =
    few.length > 0 ? [`no variation between subjects of ${few.join(', ')}: one subject has it`] : [];
  const enough = byRegion.filter(({ length }) => length > 1);
  if (enough.length === 0) return { rows: [], notes };
  const all = enough.flat();
  const percent = (
    values: typeof known,
    statistic: (some: typeof known) => number,
    factors = {},
  ): Statistic => {
    const subjects = values.map(({ subject }) => subject);
    const { value, low, high } = subjectJackknife(
      subjects,
      (places) => 100 * statistic(Array.from(places, (place) => values[place])),
      LOGARITHMIC,
      // Standard deviations of few people are too small on average, by 3 % of ten, which a mean over regions shows.
      true,
    );
    const n = new Set(subjects).size;
    return { metric: CV_PERCENT.name, factors, value, ciLow: low, ciHigh: high, unit: '%', n };
  };
  return {
    rows: [
      percent(all, meanRegionCv),
      ...enough.map((values) =>
        percent(
          values,
          (some) => (some.length < 2 ? NaN : betweenSubjectCv(some.map(({ value }) => value))),
          { region: values[0].region },
        ),
      ),
    ],
    notes,
  };
}
