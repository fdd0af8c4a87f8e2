import { z } from 'zod';
import { Models } from '../config/sections/models.ts';
import { Seed } from '../config/sections/seed.ts';
import { BrainSettings } from '../images/brains/settings.ts';
import { backendSetting } from '../learning/backends.ts';
import { scheduleSetting } from '../learning/schedule.ts';

const subjects = (number: number, least: number, what: string) =>
  z.int().min(least).max(10_000).default(number).describe(`number of ${what}`);

/** Where the subjects come from. */
export const BrainsData = z
  .strictObject({
    virtual: BrainSettings.omit({ seed: true })
      .extend({
        training: subjects(60, 2, 'subjects that networks are trained on, deformations of ICBM 152'),
        validation: subjects(
          6,
          1,
          'such subjects that settings of filters and epochs of networks are chosen on',
        ),
        test: subjects(12, 2, 'such subjects that only the results are of'),
        other: subjects(12, 2, 'subjects of another head, Colin 27, that only the results are of'),
        withLesions: z
          .number()
          .min(0)
          .max(1)
          .default(1)
          .describe(
            'share of the training subjects that have lesions, which the weighted images show in half of them',
          ),
      })
      .prefault({})
      .describe('virtual brains, simulated with the seed of the study'),
  })
  .prefault({})
  .describe('where the subjects come from');

/** How networks from images to images are trained. */
export const SynthesisTraining = z
  .strictObject({
    target: z
      .enum(['six', 'truth'])
      .default('six')
      .describe(
        'what a network is to make: the mean of `six` repetitions, noise and all, or the `truth`, which only simulations have',
      ),
    epochs: z.int().min(1).max(10_000).default(45).describe('number of epochs'),
    batch: z.int().min(1).default(4).describe('slices per step'),
    rate: z.number().positive().default(0.003).describe('learning rate of Adam'),
    schedule: scheduleSetting,
    loss: z
      .enum(['squared', 'absolute'])
      .default('squared')
      .describe('mean of the squared or of the absolute differences from the target'),
    weightDecay: z
      .number()
      .min(0)
      .default(0)
      .describe('share of every factor that is taken away per step, in units of the learning rate'),
    turn: z
      .boolean()
      .default(true)
      .describe(
        'whether slices are brought to one of their eight orientations at random every time they are used: a network that knows no left and right, nor front and back, learns what tissue looks like rather than where it lies',
      ),
    drop: z
      .number()
      .min(0)
      .max(0.9)
      .default(0)
      .describe(
        'probability with which each weighted image of a slice is replaced by zeros every time it is used',
      ),
  })
  .prefault({})
  .describe('how networks are trained; every step draws fresh noise');
export type SynthesisTraining = z.output<typeof SynthesisTraining>;

/** The keys of studies that make images from images. */
export const SynthesisedKeys = z.strictObject({
  seed: Seed.default(2018).describe('seed of the study, from which all others follow'),
  data: BrainsData,
  inputAmongSix: z
    .boolean()
    .default(false)
    .describe(
      'whether the repetition that is given is one of the six whose mean is the reference; else there are seven. It shares a sixth of its noise with the reference then',
    ),
  seeds: z
    .int()
    .min(1)
    .max(100)
    .default(1)
    .describe('trainings of every network, which differ in their seed alone'),
  engine: backendSetting,
  training: SynthesisTraining,
  models: Models,
});
export type SynthesisedConfig = z.output<typeof SynthesisedKeys>;
