import type { z } from 'zod';
import { SegmentedKeys } from '../../src/segmented/config.ts';

/** What YAML says of the segmentation experiment. */
export const segmentationSchema = SegmentedKeys;
export type SegmentationConfig = z.output<typeof segmentationSchema>;
