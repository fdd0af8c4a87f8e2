import { z } from 'zod';
import { TRUTH } from '../contracts/metric.ts';
import { storedJson, StoredNumber } from '../files/stored-file.ts';
import { averageSurfaceDistance } from '../image-metrics/average-surface-distance.ts';
import { dice } from '../image-metrics/dice.ts';
import { hd95 } from '../image-metrics/hd95.ts';
import { surfaceDistances } from '../image-metrics/surface-distances.ts';
import type { PackedAbdomens, Person } from './packed-abdomens.ts';

/** How one label map of one person agrees with another, in one region. */
export interface RegionScore {
  readonly person: string;
  /** Whose label map it is compared with. */
  readonly reference: string;
  readonly region: string;
  /** NaN where neither has the region. */
  readonly dice: number;
  /** mm; NaN where one of the two or both lack the region. */
  readonly hd95: number;
  readonly surfaceDistance: number;
  /** Who drew the label map, of scores of readers. */
  readonly reader?: string | undefined;
}

/** The file of a cell that holds its scores. */
export const SCORES = 'scores.json';
const STORED_SCORES = storedJson<readonly RegionScore[]>(
  SCORES,
  z.array(
    z.object({
      person: z.string(),
      reference: z.string(),
      region: z.string(),
      dice: StoredNumber,
      hd95: StoredNumber,
      surfaceDistance: StoredNumber,
      reader: z.string().optional(),
    }),
  ),
);

/** @param labels of the person, by the method that is scored @param references whose label maps they are compared with */
export function scoreLabels(
  { regions }: Pick<PackedAbdomens, 'regions'>,
  { name, grid, labels: known }: Person,
  labels: Uint8Array,
  references: readonly string[],
): RegionScore[] {
  return references.flatMap((reference) =>
    regions.map((region, i): RegionScore => {
      const [own, other] = [labels, known.get(reference)!].map((map) =>
        map.map((label) => Number(label === i + 1)),
      );
      const distances = surfaceDistances(own, other, grid);
      const finite = (value: number) => (Number.isFinite(value) ? value : NaN);
      return {
        ...{ person: name, reference, region },
        dice: dice(own, other),
        hd95: finite(hd95(distances)),
        surfaceDistance: finite(averageSurfaceDistance(distances)),
      };
    }),
  );
}

/** Everyone who has drawn the regions of a person, the truth first. */
export const sourcesOf = ({ labels }: Person): string[] => [
  TRUTH,
  ...[...labels.keys()].filter((source) => source !== TRUTH),
];

export const encodeScores = STORED_SCORES.encode;

/** The scores that a cell left. @throws InputError where the file holds something else */
export const decodeScores = (bytes: Uint8Array): readonly RegionScore[] => STORED_SCORES.decode(bytes);
