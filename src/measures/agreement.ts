import { fixedUnit, NO_UNIT, type Measure } from './measure.ts';
import { quantityUnit } from './quantities.ts';

/** Agreement between readers, and variation within and between subjects, of region means. */

/** An intraclass correlation over all regions, and the same within regions. */
export interface IccMeasure extends Measure {
  /** The notation of Shrout and Fleiss (1979): `ICC(2,1)`. */
  readonly notation: string;
  /** From mean squares within regions, so that differences between organs do not count as agreement. */
  readonly withinRegions: Measure;
}

const icc = (name: string, withinName: string, notation: string, meaning: string): IccMeasure => {
  const correlation = { notation, unit: NO_UNIT, better: 'higher' as const };
  const definition = `${meaning} (Shrout and Fleiss 1979)`;
  const interval = 'with a 95 % jackknife interval over subjects';
  return {
    ...correlation,
    name,
    label: notation,
    definition: `${definition}, over all regions of all subjects, ${interval}`,
    withinRegions: {
      ...correlation,
      name: withinName,
      label: `${notation} within regions`,
      definition: `${definition}, from mean squares within regions, pooled: differences between subjects alone, ${interval}`,
    },
  };
};

export const ICC1 = icc(
  'icc1',
  'icc1_within_regions',
  'ICC(1,1)',
  'one reading, readers differ from target to target',
);
export const ICC2 = icc(
  'icc2',
  'icc2_within_regions',
  'ICC(2,1)',
  'absolute agreement of single readings by readers drawn at random',
);
export const ICC3 = icc(
  'icc3',
  'icc3_within_regions',
  'ICC(3,1)',
  'consistency of single readings by these readers',
);
export const ICC1K = icc(
  'icc1k',
  'icc1k_within_regions',
  'ICC(1,k)',
  'the same as ICC(1,1), of the mean over readers',
);
export const ICC2K = icc(
  'icc2k',
  'icc2k_within_regions',
  'ICC(2,k)',
  'the same as ICC(2,1), of the mean over readers',
);
export const ICC3K = icc(
  'icc3k',
  'icc3k_within_regions',
  'ICC(3,k)',
  'the same as ICC(3,1), of the mean over readers',
);

export const ICC_MEASURES: readonly IccMeasure[] = [ICC1, ICC2, ICC3, ICC1K, ICC2K, ICC3K];

export const F_ONE_WAY: Measure = {
  name: 'f_one_way',
  label: 'F, one-way',
  definition: 'F statistic of a one-way analysis of variance over targets',
  unit: NO_UNIT,
  better: null,
};

export const P_ONE_WAY: Measure = {
  name: 'p_one_way',
  label: 'p, one-way',
  definition: 'p value of `f_one_way`',
  unit: NO_UNIT,
  better: null,
};

export const F_TWO_WAY: Measure = {
  name: 'f_two_way',
  label: 'F',
  definition: 'F statistic of targets in a two-way analysis of variance over targets and readers',
  unit: NO_UNIT,
  better: null,
};

export const P_TWO_WAY: Measure = {
  name: 'p_two_way',
  label: 'p',
  definition: 'p value of `f_two_way`',
  unit: NO_UNIT,
  better: null,
};

export const WCV_PERCENT: Measure = {
  name: 'wcv_percent',
  label: 'within-subject coefficient of variation',
  definition:
    'within-subject standard deviation, pooled over regions and subjects, divided by the mean of all readings',
  unit: fixedUnit('%'),
  better: 'lower',
};

export const REPEATABILITY: Measure = {
  name: 'repeatability',
  label: 'repeatability coefficient',
  definition:
    'difference that two readings of a region exceed in 5 % of cases: 1.96 √2 times the within-subject standard deviation (Bland and Altman 1999)',
  unit: quantityUnit,
  better: 'lower',
};

export const BLAND_ALTMAN_BIAS: Measure = {
  name: 'bland_altman_bias',
  label: 'mean difference',
  definition: 'mean difference between two readers (factor `readers`)',
  unit: quantityUnit,
  better: null,
};

export const BLAND_ALTMAN_LOWER: Measure = {
  name: 'bland_altman_lower',
  label: 'lower limit of agreement',
  definition: 'mean difference less 1.96 standard deviations of the differences (Bland and Altman 1986)',
  unit: quantityUnit,
  better: null,
};

export const BLAND_ALTMAN_UPPER: Measure = {
  name: 'bland_altman_upper',
  label: 'upper limit of agreement',
  definition: 'mean difference plus 1.96 standard deviations of the differences (Bland and Altman 1986)',
  unit: quantityUnit,
  better: null,
};

export const BLAND_ALTMAN: readonly Measure[] = [BLAND_ALTMAN_BIAS, BLAND_ALTMAN_LOWER, BLAND_ALTMAN_UPPER];

export const CV_PERCENT: Measure = {
  name: 'cv_percent',
  label: 'between-subject coefficient of variation',
  definition:
    'standard deviation over subjects of a region mean divided by its mean; without a region, the mean over regions (Barbieri et al. 2020)',
  unit: fixedUnit('%'),
  better: null,
};
