import { betweenSubjectCv } from './between-subject-cv.ts';

/** A value of one region of one subject, readers averaged. */
export interface RegionValue {
  readonly subject: string;
  readonly region: string;
  readonly value: number;
}

/**
 * The study's variation between subjects: per region SD over mean, then the mean over the regions, as a fraction (Barbieri et
 * al., Magn Reson Med 2020;83:312-321). Regions that fewer than two of the values belong to are left out; NaN where none is left.
 */
export function meanRegionCv(values: readonly RegionValue[]): number {
  const byRegion = new Map<string, number[]>();
  for (const { region, value } of values) byRegion.set(region, [...(byRegion.get(region) ?? []), value]);
  const all = [...byRegion.values()].filter(({ length }) => length > 1).map(betweenSubjectCv);
  return all.reduce((sum, cv) => sum + cv, 0) / all.length;
}
