import { z } from 'zod';
import { OneModel } from '../config/sections/models.ts';
import { Seed } from '../config/sections/seed.ts';
import { backendSetting } from '../learning/backends.ts';
import { abdomenShape, checkField, SegmentationTraining } from './config.ts';

const { people: _people, field, ...scanned } = abdomenShape;
const { epochs: _epochs, ...ways } = SegmentationTraining.unwrap().shape;
const sizes = z.array(z.int().min(1).max(500)).min(1);
const steps = z.int().min(1).max(100_000);

const ascending = (all: readonly number[]): boolean => all.every((size, i) => i === 0 || size > all[i - 1]);

const Keys = z.strictObject({
  seed: Seed.default(2020).describe('seed of the study, from which all others follow'),
  data: z
    .strictObject({
      virtual: z
        .strictObject(scanned)
        .prefault({})
        .describe('virtual people, but for their number and field'),
    })
    .prefault({})
    .describe('where the people come from'),
  from: z
    .strictObject({
      field: field.describe('field strength that the network is trained at'),
      people: z.int().min(1).default(40).describe('people whose weights are adjusted to'),
      validation: z.int().min(1).default(4).describe('further people that its epoch is chosen on'),
      steps: steps.default(900).describe('steps of its training'),
    })
    .prefault({})
    .describe('the network that is brought to another field'),
  to: z
    .strictObject({
      field: z.string().min(1).default('1.5T').describe('the other field strength'),
      test: z.int().min(3).default(20).describe('people that everything is tested on'),
      sizes: sizes
        .default([2, 4, 8, 16, 32])
        .describe('numbers of people that networks are trained on from scratch, ascending'),
      fineTuned: sizes
        .default([1, 2, 5])
        .describe(
          'numbers of people that the network is fine-tuned with, and others trained from scratch, ascending',
        ),
      steps: steps
        .default(300)
        .describe(
          'steps of every training at the other field, however many people it has; the last weights, or their average, are kept',
        ),
      rate: z.number().positive().default(0.001).describe('learning rate of fine-tuning'),
      draws: z.int().min(1).max(20).default(2).describe('draws of the people that trainings use'),
    })
    .prefault({})
    .describe('the other field'),
  inputs: z
    .strictObject({
      neighbours: z.int().min(0).max(4).default(1).describe('slices on either side that are given as well'),
    })
    .prefault({})
    .describe('what the network is given of a scan: all b-values, and these'),
  engine: backendSetting,
  training: z.strictObject(ways).prefault({}).describe('how networks on slices are trained'),
  model: OneModel.prefault({ use: 'unet', channels: [12, 24, 48], residual: false }).describe('the network'),
});

/** The keys of studies of a network at another field. */
export const SegmentationTransferKeys = Keys.superRefine(({ data, from, to }, context) => {
  const refuse = (message: string, ...path: string[]) => context.addIssue({ code: 'custom', message, path });
  const { organs } = data.virtual;
  checkField({ organs, field: from.field }, (message) => refuse(message, 'from', 'field'));
  checkField({ organs, field: to.field }, (message) => refuse(message, 'to', 'field'));
  if (from.field === to.field)
    refuse(`found ${to.field} in both; allowed: another than that of \`from\``, 'to', 'field');
  for (const key of ['sizes', 'fineTuned'] as const) {
    if (!ascending(to[key]))
      refuse(`found ${to[key].join(', ')}; allowed: ascending numbers, each once`, 'to', key);
  }
});
export type SegmentationTransferConfig = z.output<typeof SegmentationTransferKeys>;
