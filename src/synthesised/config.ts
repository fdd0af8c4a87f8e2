import { z } from 'zod';
import { Models } from '../config/sections/models.ts';
import { Path } from '../config/sections/path.ts';
import { Seed } from '../config/sections/seed.ts';
import { BrainSettings } from '../images/brains/settings.ts';
import { WEIGHTINGS } from '../images/weighting.ts';
import { averagingSetting } from '../learning/averaging.ts';
import { backendSetting } from '../learning/backends.ts';
import { scheduleSetting } from '../learning/schedule.ts';

const subjects = (number: number, least: number, what: string) =>
  z.int().min(least).max(10_000).default(number).describe(`number of ${what}`);

const share = (most: number) => z.number().positive().max(0.4).default(most);

/** Where the subjects come from. */
export const BrainsData = z
  .strictObject({
    virtual: BrainSettings.omit({ seed: true })
      .extend({
        training: subjects(100, 2, 'subjects that networks are trained on, deformations of ICBM 152'),
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
          .describe('share of the training subjects that have lesions'),
        unseen: z
          .number()
          .min(0)
          .max(1)
          .default(0.5)
          .describe('share of these whose weighted images do not show them'),
      })
      .optional()
      .describe('virtual brains, simulated with the seed of the study'),
    folder: Path.optional().describe(
      'folder with `participants.tsv` and the images of every subject, laid out as docs/snr-boost.md says',
    ),
    shares: z
      .strictObject({
        validation: share(0.1).describe(
          'share that settings of filters and epochs of networks are chosen on',
        ),
        test: share(0.2).describe('share that only the results are of'),
      })
      .prefault({})
      .describe('how the subjects of a folder are divided at random where its table does not say so'),
  })
  .refine(({ virtual, folder }) => (virtual === undefined) !== (folder === undefined), {
    error: 'allowed: one of the keys `virtual` and `folder`',
  })
  .prefault({ virtual: {} })
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
    noise: z
      .enum(['fresh', 'acquired'])
      .default('fresh')
      .describe(
        '`fresh`: every step draws the noise of the repetition and of the six anew, as if subjects were scanned again each time, which only simulations can; `acquired`: every training subject was scanned once, as in a study of people, and each step takes one of its repetitions and the mean of the six others',
      ),
    epochs: z.int().min(1).max(10_000).default(18).describe('number of epochs'),
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
    everyOrientation: z
      .boolean()
      .default(true)
      .describe(
        'whether the image of a slice is the mean of what the network makes of all of its eight orientations, each turned back; only where `turn` is true',
      ),
    averaging: averagingSetting(0.995),
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
  .describe('how networks are trained');
export type SynthesisTraining = z.output<typeof SynthesisTraining>;

/** The keys of studies that make images from images. */
export const SynthesisedKeys = z.strictObject({
  seed: Seed.default(2018).describe('seed of the study, from which all others follow'),
  data: BrainsData,
  weighted: z
    .array(z.enum(WEIGHTINGS))
    .default(['PDw', 'T2w'])
    .refine((names) => new Set(names).size === names.length, { error: 'allowed: each image once' })
    .describe(
      'weighted images that networks are given beside the repetition; virtual subjects have `PDw` and `T2w`',
    ),
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

/** Refuses what subjects of a folder, or virtual ones, can't give. */
export function checkSubjects(
  { data, weighted, training }: Pick<SynthesisedConfig, 'data' | 'weighted' | 'training'>,
  context: z.RefinementCtx,
): void {
  const refuse = (path: string[], message: string) => context.addIssue({ code: 'custom', path, message });
  if (data.folder === undefined) {
    const absent = weighted.find((name) => name !== 'PDw' && name !== 'T2w');
    if (absent) refuse(['weighted'], `found ${absent}; allowed: PDw and T2w, which virtual subjects have`);
    return;
  }
  const people = 'where `data.folder` is given';
  if (training.noise === 'fresh')
    refuse(
      ['training', 'noise'],
      `found fresh; allowed: acquired ${people}, since people are not scanned anew at every step`,
    );
  if (training.target === 'truth')
    refuse(
      ['training', 'target'],
      `found truth; allowed: six ${people}, since the truth of people is not known`,
    );
}
