import type { RegionMeans } from '../../src/metrics/regional/region-means.ts';

/** File that the cells of single sessions leave for those that compare them. */
export const REGION_FILE = 'regions.json';

/** Means of one region of one subject as one reader drew it. */
export interface RegionRecord extends RegionMeans {
  readonly subject: string;
  readonly reader: string;
  readonly region: string;
}

/** JSON has no NaN: a mean that there is not is null. */
export const encodeRegions = (records: readonly RegionRecord[]): Uint8Array =>
  new TextEncoder().encode(JSON.stringify(records, null, 1) + '\n');

export function decodeRegions(bytes: Uint8Array): RegionRecord[] {
  return JSON.parse(new TextDecoder().decode(bytes), (_key, value: unknown) =>
    value === null ? NaN : value,
  ) as RegionRecord[];
}
