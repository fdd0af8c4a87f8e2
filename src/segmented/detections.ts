import { z } from 'zod';
import { TRUTH } from '../contracts/metric.ts';
import { storedJson, StoredNumber } from '../files/stored-file.ts';
import { connectedComponents } from '../data/connected-components.ts';
import type { Detections } from '../image-metrics/froc.ts';
import { LESION } from '../measures/lesion-detection.ts';
import type { PackedAbdomens, Person } from './packed-abdomens.ts';

/** The file of a cell that holds what its method takes for lesions, a person each. */
export const DETECTIONS = 'detections.json';

/** The number of lesions in label maps. */
export const lesionLabel = ({ regions }: Pick<PackedAbdomens, 'regions'>): number =>
  regions.indexOf(LESION) + 1;

/**
 * Candidates are the connected components of what has a score above a cut-off, each with its highest score.
 * @param scores of every voxel of the person
 */
export function detectionsOf(
  { regions }: Pick<PackedAbdomens, 'regions'>,
  { grid, labels }: Pick<Person, 'grid' | 'labels'>,
  scores: ArrayLike<number>,
  cut: number,
): Detections {
  const lesion = lesionLabel({ regions });
  const truth = labels.get(TRUTH)!;
  const lesions = connectedComponents(
    truth.map((label) => Number(label === lesion)),
    grid.shape,
    'corners',
  );
  const found = connectedComponents(
    Uint8Array.from(truth, (_, i) => Number(scores[i] > cut)),
    grid.shape,
    'corners',
  );
  const candidates = Array.from({ length: found.sizes.length }, () => ({
    score: -Infinity,
    touches: new Set<number>(),
  }));
  found.labels.forEach((label, i) => {
    if (label === 0) return;
    const candidate = candidates[label - 1];
    candidate.score = Math.max(candidate.score, scores[i]);
    if (lesions.labels[i] > 0) candidate.touches.add(lesions.labels[i] - 1);
  });
  return {
    lesions: lesions.sizes.length,
    candidates: candidates.map(({ score, touches }) => ({ score, touches: [...touches] })),
  };
}

const STORED = storedJson<readonly Detections[]>(
  DETECTIONS,
  z.array(
    z.object({
      lesions: z.int().nonnegative(),
      candidates: z.array(z.object({ score: StoredNumber, touches: z.array(z.int().nonnegative()) })),
    }),
  ),
);

export const encodeDetections = STORED.encode;

/** The detections that a cell left. @throws InputError where the file holds something else */
export const decodeDetections = (bytes: Uint8Array): readonly Detections[] => STORED.decode(bytes);
