import { z } from 'zod';
import { Models } from '../config/sections/models.ts';
import { Seed } from '../config/sections/seed.ts';
import { BrainSettings, OtherVariation } from '../images/brains/settings.ts';
import { averagingSetting } from '../learning/averaging.ts';
import { backendSetting } from '../learning/backends.ts';
import { scheduleSetting } from '../learning/schedule.ts';

const subjects = (number: number, least: number, what: string) =>
  z.int().min(least).max(10_000).default(number).describe(`number of ${what}`);

/** Virtual heads whose weighted images are measured. */
export const HeadSettings = BrainSettings.pick({
  image: true,
  tissues: true,
  sequences: true,
  variation: true,
  lesions: true,
}).extend({
  phase: z
    .strictObject({
      sd: z
        .number()
        .min(0)
        .max(3)
        .default(0.8)
        .describe('SD of the phase of the image within a subject, rad'),
      distance: z.number().min(20).default(100).describe('distance over which it varies, mm'),
    })
    .prefault({})
    .describe('smooth phase of the measured image'),
});
export type HeadSettings = z.output<typeof HeadSettings>;

export const HeadsData = z
  .strictObject({
    virtual: HeadSettings.extend({
      training: subjects(100, 2, 'subjects that networks are trained on, deformations of ICBM 152'),
      validation: subjects(
        6,
        1,
        'such subjects that weights of regularisers and epochs of networks are chosen on',
      ),
      test: subjects(8, 2, 'such subjects that only the results are of'),
      other: subjects(8, 2, 'subjects of another head, Colin 27, that only the results are of'),
      withLesions: z
        .number()
        .min(0)
        .max(1)
        .default(0.5)
        .describe('share of the training subjects that have lesions'),
      trainingVariation: OtherVariation.prefault({}).describe(
        'what is other than in `variation` where subjects are for training, in the hope that another head is easier then',
      ),
    })
      .prefault({})
      .describe('virtual heads, simulated with the seed of the study'),
  })
  .prefault({})
  .describe('where the subjects come from');

const acceleration = z.number().min(1).max(32);
const epochs = z.int().min(1).max(10_000);

/** A receiver, and how much of k-space is measured with it. */
export const ReceiverSetting = z.strictObject({
  coils: z
    .int()
    .min(1)
    .max(32)
    .default(1)
    .describe('receive coils: one of uniform sensitivity, or several on a circle about the head, all known'),
  accelerations: z
    .array(acceleration)
    .min(1)
    .refine((all) => new Set(all).size === all.length, 'allowed: each acceleration once')
    .default([2, 4, 6, 8])
    .describe('how many times fewer lines are measured than there are; one training is for all of them'),
  epochs: epochs.optional().describe('epochs of its trainings; by default those of `training`'),
  models: z
    .array(z.string())
    .optional()
    .describe('names of the networks that are trained for it; by default all'),
});
export type ReceiverSetting = z.output<typeof ReceiverSetting>;

/** How networks for undersampled images are trained. */
export const ReconstructionTraining = z
  .strictObject({
    epochs: epochs.default(10).describe('number of epochs'),
    batch: z.int().min(1).default(2).describe('slices per step'),
    rate: z.number().positive().default(0.003).describe('learning rate of Adam'),
    schedule: scheduleSetting,
    weightDecay: z
      .number()
      .min(0)
      .default(0)
      .describe('share of every factor that is taken away per step, in units of the learning rate'),
    emphasis: z
      .number()
      .min(0)
      .max(4)
      .default(0)
      .describe(
        'slices are measured at an acceleration with a probability that grows as this power of it; 0: at all alike',
      ),
    mirror: z
      .boolean()
      .default(true)
      .describe('whether slices are mirrored along either axis at random every time they are used'),
    averaged: z
      .boolean()
      .default(true)
      .describe(
        'whether the image that a network makes is the mean of what it makes of the slice and of its three mirror images, turned back',
      ),
    averaging: averagingSetting(0),
  })
  .prefault({})
  .describe(
    'how networks are trained: every step draws accelerations, lines and noise anew; the loss is the mean over slices of the relative error of the magnitude, in which the background counts a tenth',
  );
export type ReconstructionTraining = z.output<typeof ReconstructionTraining>;

/** What differs from training when reconstructions are put to the test. */
export const RobustnessSetting = z
  .strictObject({
    acceleration: acceleration
      .default(4)
      .describe('acceleration at which all but the acceleration itself is changed'),
    noise: z.number().positive().default(2).describe('factor of the noise'),
    otherAcceleration: acceleration.default(5).describe('acceleration that nothing was trained for'),
  })
  .prefault({});

/** The keys of studies of undersampled k-space. */
const Keys = z.strictObject({
  seed: Seed.default(2018).describe('seed of the study, from which all others follow'),
  data: HeadsData,
  sampling: z
    .strictObject({
      center: z
        .int()
        .min(2)
        .default(8)
        .describe('lines in the middle of k-space that are always measured, and give the phase of the image'),
      noise: z
        .number()
        .min(0)
        .max(1)
        .default(0.03)
        .describe(
          'SD of the noise of a fully sampled image in its real and its imaginary part, relative to the median of the brain',
        ),
    })
    .prefault({})
    .describe(
      'how k-space is measured: whole lines, those beyond the middle at random, more of them near it',
    ),
  receivers: z
    .array(ReceiverSetting.prefault({}))
    .min(1)
    .default([{ coils: 1, accelerations: [2, 4, 6, 8] }])
    .describe('receivers that the study is carried out for, one after the other'),
  regularisers: z
    .boolean()
    .default(true)
    .describe('whether networks are compared with total variation and wavelets'),
  robustness: z
    .union([RobustnessSetting, z.literal(false)])
    .default({ acceleration: 4, noise: 2, otherAcceleration: 5 })
    .describe(
      'what is changed to see how the reconstructions of the first receiver bear it: the noise, the acceleration, or a T1-weighted image; `false`: nothing',
    ),
  shown: z.array(acceleration).default([4, 8]).describe('accelerations that pictures show'),
  engine: backendSetting,
  training: ReconstructionTraining,
  models: Models,
});
export const ReconstructedKeys = Keys.superRefine(({ receivers, robustness, models }, context) => {
  const refuse = (message: string, ...path: (string | number)[]) =>
    context.addIssue({ code: 'custom', message, path });
  const names = models.map(({ name }) => name);
  receivers.forEach((receiver, i) => {
    if (receivers.findIndex(({ coils }) => coils === receiver.coils) !== i) {
      refuse(
        `there are two receivers of ${receiver.coils} coils; allowed: each number of coils once`,
        'receivers',
        i,
        'coils',
      );
    }
    receiver.models?.forEach((name, k) => {
      if (names.includes(name)) return;
      refuse(
        `${name} is no network of this study; allowed: ${names.join(', ')}`,
        'receivers',
        i,
        'models',
        k,
      );
    });
  });
  const [{ accelerations }] = receivers;
  if (robustness !== false && !accelerations.includes(robustness.acceleration)) {
    refuse(
      `${robustness.acceleration} is no acceleration of the first receiver; allowed: ${accelerations.join(', ')}`,
      'robustness',
      'acceleration',
    );
  }
});
export type ReconstructedConfig = z.output<typeof ReconstructedKeys>;
