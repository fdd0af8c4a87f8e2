import { z } from 'zod';
import { Models } from '../config/sections/models.ts';
import { Seed } from '../config/sections/seed.ts';
import { Volunteers } from '../config/sections/volunteers.ts';
import { DifficultySettings } from '../images/abdomens/settings.ts';
import { augmentationSetting } from '../learning/augmentation.ts';
import { averagingSetting } from '../learning/averaging.ts';
import { backendSetting } from '../learning/backends.ts';
import { scheduleSetting } from '../learning/schedule.ts';
import { LOSSES } from './segmentation-losses.ts';

const { organs, image, anatomy, texture, subvoxels, readers } = Volunteers.shape;

export const bValues = z.array(z.number().min(0).max(10_000)).min(1);

/** Keys of virtual people, how they are scanned, and who reads them. */
export const abdomenShape = {
  people: z.int().min(4).max(999).default(24).describe('number of people'),
  // Muscle as it relaxes in people, so that a scan shows where organs end.
  organs: organs.prefault('abdomen-in-vivo'),
  field: z.string().min(1).default('3T').describe('field strength, one of those in the organs file'),
  TE: z.number().positive().default(60).describe('echo time, ms'),
  TR: z.number().positive().default(2500).describe('repetition time, ms'),
  bValues: bValues
    .refine((all) => all[0] === 0 && new Set(all).size === all.length, 'allowed: 0, then others, each once')
    .default([0, 50, 400, 800])
    .describe('b-values of a scan, s/mm², one volume each; the first is 0'),
  image: image,
  anatomy: anatomy,
  texture: texture,
  subvoxels: subvoxels,
  readers: readers
    .prefault({
      reader1: { shift: 1, size: { mean: 0.96, sd: 0.03 }, waver: 0.03, waves: 3 },
      reader2: { shift: 1, size: { mean: 0.94, sd: 0.03 }, waver: 0.03, waves: 3 },
    })
    .refine((all) => Object.keys(all).length >= 2, 'allowed: at least two readers'),
  difficulty: DifficultySettings.prefault({}),
};

/** Refuses a field strength that the organs do not have. */
export function checkField(
  { organs, field }: { readonly organs: { readonly snr: object }; readonly field: string },
  refuse: (message: string) => void,
): void {
  const fields = Object.keys(organs.snr);
  if (!fields.includes(field)) refuse(`found ${field}; allowed: ${fields.join(', ')}, those of the organs`);
}

/** Refuses folds and validation people that the people are too few for. */
export function checkFolds(
  people: number,
  { folds, validation }: { readonly folds: number; readonly validation: number },
  refuse: (message: string, key: 'folds' | 'validation') => void,
): void {
  if (folds > people) refuse(`found ${folds}; allowed: up to ${people}, the number of people`, 'folds');
  const trained = people - Math.ceil(people / folds);
  if (validation >= trained) {
    refuse(
      `found ${validation}; allowed: fewer than the ${trained} people who are left beside a fold`,
      'validation',
    );
  }
}

/** Virtual people whose regions are marked. */
const AbdomensData = z
  .strictObject({
    virtual: z
      .strictObject(abdomenShape)
      .superRefine((virtual, context) => {
        checkField(virtual, (message) => context.addIssue({ code: 'custom', path: ['field'], message }));
      })
      .prefault({})
      .describe('virtual people, simulated with the seed of the study'),
  })
  .prefault({})
  .describe('where the people come from');

/** How networks on slices are trained. */
export const SegmentationTraining = z
  .strictObject({
    epochs: z.int().min(1).max(10_000).default(40).describe('number of epochs'),
    batch: z.int().min(1).default(8).describe('slices per step'),
    rate: z.number().positive().default(0.003).describe('learning rate of Adam'),
    schedule: scheduleSetting,
    weightDecay: z
      .number()
      .min(0)
      .default(0.01)
      .describe('share of every factor that is taken away per step, in units of the learning rate'),
    averaging: averagingSetting(0),
    loss: z
      .enum(LOSSES)
      .default('both')
      .describe(
        '`cross-entropy`, mean over voxels; `dice`, 1 less the mean soft Dice of the regions in a batch; `both`, their sum',
      ),
    augmentation: augmentationSetting
      .nullable()
      .default({ flip: [], shift: 4, warp: 0, noise: 0.05, gain: 0.2 })
      .describe('how slices and their label maps are varied every time they are used; `null`: not at all'),
    labels: z
      .enum(['readers', 'truth'])
      .default('readers')
      .describe('what is learnt: the mean of the drawings of all readers, or the truth'),
  })
  .prefault({})
  .describe(
    'how networks on slices are trained; the weights of the epoch with the lowest validation loss are kept',
  );
export type SegmentationTraining = z.output<typeof SegmentationTraining>;

/** The keys of studies that mark regions. */
const Keys = z.strictObject({
  seed: Seed.default(2020).describe('seed of the study, from which all others follow'),
  data: AbdomensData,
  inputs: z
    .strictObject({
      bValues: bValues.optional().describe('b-values that methods are given; by default all of the scan'),
      neighbours: z
        .int()
        .min(0)
        .max(4)
        .default(1)
        .describe('slices on either side that networks on slices are given as well'),
      position: z
        .boolean()
        .default(false)
        .describe(
          'whether networks are also given where in the field of view a voxel lies: three channels, in decimetres from its middle',
        ),
      volumes: z
        .array(z.string())
        .default([])
        .describe('names of networks that are given whole scans, and convolve over all three dimensions'),
    })
    .prefault({})
    .describe('what methods are given of a scan'),
  folds: z
    .int()
    .min(2)
    .max(20)
    .default(4)
    .describe('folds that the people are divided into; each is the test set of one training'),
  validation: z
    .int()
    .min(1)
    .default(3)
    .describe('people of the others that the epoch of a training is chosen on'),
  engine: backendSetting,
  training: SegmentationTraining,
  conditions: z
    .strictObject({
      folds: z
        .int()
        .min(1)
        .default(1)
        .describe('folds that these conditions are trained for: the first ones of the study'),
      losses: z
        .boolean()
        .default(true)
        .describe(
          'whether the first model is also trained with the other losses; with the Dice loss alone at a third of the learning rate, since it fails at the default one',
        ),
      augmentation: z.boolean().default(true).describe('whether it is also trained without augmentation'),
      shuffled: z
        .boolean()
        .default(true)
        .describe(
          'whether it is also trained with the label maps of other people, and without augmentation, which leaves nothing to learn but where regions usually are',
        ),
    })
    .prefault({})
    .describe('conditions that the first model is trained under besides the study’s own'),
  floors: z
    .union([
      z.strictObject({
        voxels: z
          .int()
          .min(10)
          .default(3000)
          .describe('voxels per person that are trained on, drawn at random'),
        epochs: z.int().min(1).max(10_000).default(15).describe('number of epochs'),
      }),
      z.literal(false),
    ])
    .default({ voxels: 3000, epochs: 15 })
    .describe(
      'methods that see one voxel at a time: logistic regression on its intensities, and a fully connected network on those of its neighbours too, and its position; and the most frequent label at each position. `false`: none',
    ),
  models: Models,
});

export const SegmentedKeys = Keys.superRefine((config, context) => {
  const { folds, conditions, inputs } = config;
  const { people, bValues: measured } = config.data.virtual;
  const refuse = (message: string, ...path: (string | number)[]) =>
    context.addIssue({ code: 'custom', message, path });
  checkFolds(people, config, refuse);
  if (conditions.folds > folds)
    refuse(`found ${conditions.folds}; allowed: up to ${folds}, the folds`, 'conditions', 'folds');
  const names = config.models.map(({ name }) => name);
  inputs.volumes.forEach((name, i) => {
    if (!names.includes(name)) {
      refuse(`${name} is no network of this study; allowed: ${names.join(', ')}`, 'inputs', 'volumes', i);
    }
  });
  const missing = (inputs.bValues ?? []).filter((b) => !measured.includes(b));
  if (missing.length > 0) {
    refuse(
      `scans have no volume at b=${missing.join(', ')}; allowed: ${measured.join(', ')}`,
      'inputs',
      'bValues',
    );
  }
});
export type SegmentedConfig = z.output<typeof SegmentedKeys>;
