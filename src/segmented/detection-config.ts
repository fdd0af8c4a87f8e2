import { z } from 'zod';
import { Models } from '../config/sections/models.ts';
import { Seed } from '../config/sections/seed.ts';
import { LesionSettings } from '../images/abdomens/lesions.ts';
import { backendSetting } from '../learning/backends.ts';
import { abdomenShape, checkField, checkFolds, SegmentationTraining } from './config.ts';

const { labels: _labels, loss: _loss, ...ways } = SegmentationTraining.unwrap().shape;

const Keys = z.strictObject({
  seed: Seed.default(2020).describe('seed of the study, from which all others follow'),
  data: z
    .strictObject({
      virtual: z
        .strictObject({ ...abdomenShape, lesions: LesionSettings.prefault({}) })
        .prefault({})
        .describe('virtual people, simulated with the seed of the study'),
    })
    .prefault({})
    .describe('where the people come from'),
  inputs: z
    .strictObject({
      neighbours: z.int().min(0).max(4).default(1).describe('slices on either side that are given as well'),
    })
    .prefault({})
    .describe('what networks are given of a scan: all b-values, and these'),
  folds: z.int().min(2).max(20).default(4).describe('folds that the people are divided into'),
  validation: z
    .int()
    .min(1)
    .default(3)
    .describe('people of the others that the epoch of a training is chosen on'),
  weight: z
    .number()
    .positive()
    .max(1000)
    .default(20)
    .describe('how many times as much a voxel of a lesion counts in the loss as another'),
  cut: z
    .number()
    .min(0)
    .max(0.99)
    .default(0.1)
    .describe('probability of a lesion above which connected voxels are a candidate'),
  engine: backendSetting,
  training: z
    .strictObject(ways)
    .prefault({})
    .describe('how networks on slices are trained: on the true label maps, by cross-entropy'),
  models: Models,
});

/** The keys of studies that look for lesions. */
export const LesionDetectionKeys = Keys.superRefine((config, context) => {
  const { people, organs } = config.data.virtual;
  const refuse = (message: string, ...path: string[]) => context.addIssue({ code: 'custom', message, path });
  checkField(config.data.virtual, (message) => refuse(message, 'data', 'virtual', 'field'));
  if (!Object.keys(organs.regions).some((region) => region.includes('liver')))
    refuse(
      'has no region called liver; allowed: organs with one, where lesions lie',
      'data',
      'virtual',
      'organs',
    );
  checkFolds(people, config, refuse);
});
export type LesionDetectionConfig = z.output<typeof LesionDetectionKeys>;
