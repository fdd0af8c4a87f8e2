import type { Ratings } from '../../src/agreement/ratings.ts';
import type { ParameterName } from '../../src/contracts/voxels.ts';
import type { RegionRecord } from './rows.ts';

/** One region of one subject: a target of the readers' ratings. */
export interface Target {
  readonly subject: string;
  readonly region: string;
}

/** Region means as ratings: one parameter of one session, for every region of every subject that any reader drew. */
export interface RatedRegions {
  readonly targets: readonly Target[];
  /** NaN if a reader did not draw the region, or none of its voxels has an estimate. */
  readonly ratings: Ratings;
  /** Per target, the mean over the available readers; NaN if there are none. */
  readonly means: readonly number[];
}

export function rateRegions(records: readonly RegionRecord[], parameter: ParameterName): RatedRegions {
  const names = (pick: (record: RegionRecord) => string) => [...new Set(records.map(pick))];
  const readers = names(({ reader }) => reader).sort();
  const regions = names(({ region }) => region);
  const drawn = new Map(records.map((record) => [key(record, record.reader), record[parameter]]));
  const targets = names(({ subject }) => subject)
    .flatMap((subject) => regions.map((region): Target => ({ subject, region })))
    .filter((target) => readers.some((reader) => drawn.has(key(target, reader))));
  const values = Float64Array.from(
    targets.flatMap((target) => readers.map((reader) => drawn.get(key(target, reader)) ?? NaN)),
  );
  return {
    targets,
    ratings: {
      targets: targets.length,
      raters: readers.length,
      values,
      targetNames: targets.map(({ subject, region }) => `${subject} ${region}`),
      raterNames: readers,
    },
    means: targets.map((_, i) => {
      const known = [...values.subarray(i * readers.length, (i + 1) * readers.length)].filter(
        (value) => !Number.isNaN(value),
      );
      return known.reduce((sum, value) => sum + value, 0) / known.length;
    }),
  };
}

const key = ({ subject, region }: Target, reader: string): string =>
  JSON.stringify([subject, region, reader]);
