import { z } from 'zod';
import { Models } from '../config/sections/models.ts';
import { Path } from '../config/sections/path.ts';
import { Seed } from '../config/sections/seed.ts';
import { LiverSettings } from '../images/livers/settings.ts';
import { SIGNIFICANT_STAGE } from '../images/livers/latents.ts';
import { MODALITIES } from '../images/modality.ts';
import { augmentationSetting } from '../learning/augmentation.ts';
import { backendSetting } from '../learning/backends.ts';
import { scheduleSetting } from '../learning/schedule.ts';

const share = z.number().min(0).max(0.8);

/** Virtual cases, or a folder of one's own. */
export const CasesData = z
  .strictObject({
    virtual: LiverSettings.extend({
      cases: z
        .int()
        .min(20)
        .max(100_000)
        .default(224)
        .describe('number of cases that are divided into training, validation and test sets'),
    })
      .omit({ seed: true })
      .optional()
      .describe('virtual livers, simulated with the seed of the study'),
    folder: Path.optional().describe(
      'folder with `participants.tsv` and the volumes of every case, laid out as docs/liver-fibrosis.md says',
    ),
    column: z
      .string()
      .min(1)
      .default('stage')
      .describe('column of `participants.tsv` that holds the stage of fibrosis, 0 to 4'),
  })
  .refine(({ virtual, folder }) => (virtual === undefined) !== (folder === undefined), {
    error: 'allowed: one of the keys `virtual` and `folder`',
  })
  .describe('where the cases come from');

/** How networks are trained. */
export const ImageTraining = z
  .strictObject({
    epochs: z.int().min(1).max(10_000).default(20).describe('largest number of epochs'),
    batch: z.int().min(1).default(12).describe('cases per step'),
    rate: z.number().positive().default(0.002).describe('learning rate of Adam'),
    schedule: scheduleSetting,
    patience: z
      .int()
      .min(1)
      .nullable()
      .default(null)
      .describe(
        'epochs without a lower validation loss after which training ends; null: it never ends early',
      ),
    weightDecay: z
      .number()
      .min(0)
      .default(0.01)
      .describe('share of every factor that is taken away per step, in units of the learning rate'),
    augmentation: augmentationSetting
      .nullable()
      .default({ flip: [], shift: 1, warp: 0, noise: 0.05, gain: 0 })
      .describe('how training cases are varied every time they are used; null: not at all'),
  })
  .prefault({})
  .describe('how networks are trained');
export type ImageTraining = z.output<typeof ImageTraining>;

/** Whether networks are compared with classifiers without one. */
export const BaselinesKey = z
  .boolean()
  .default(true)
  .describe('whether networks are compared with classifiers without one');

const eachOnce = (values: readonly number[]): boolean => new Set(values).size === values.length;

/** Numbers of training cases, each once. @param fewest how many numbers there must be */
export const caseNumbers = (least: number, values: number[], fewest = 0) =>
  z
    .array(z.int().min(least).max(100_000))
    .min(fewest)
    .default(values)
    .refine(eachOnce, { error: 'found one twice; allowed: each number once' });

/** The keys that studies which classify cases share. */
export const ClassifiedKeys = z.strictObject({
  seed: Seed.default(2022).describe('seed of the study, from which all others follow'),
  data: CasesData,
  modalities: z
    .array(z.enum(MODALITIES))
    .min(1)
    .default([...MODALITIES])
    .refine((names) => new Set(names).size === names.length, { error: 'allowed: each modality once' })
    .describe('images that a classifier sees together'),
  positiveFrom: z
    .int()
    .min(1)
    .max(4)
    .default(SIGNIFICANT_STAGE)
    .describe('stage from which a case is positive'),
  population: z
    .int()
    .min(0)
    .max(100_000)
    .default(1000)
    .describe(
      'virtual cases that no training sees, on which classifiers are compared; 0 with data of your own',
    ),
  splits: z
    .strictObject({
      count: z.int().min(1).max(1000).default(5).describe('number of random divisions of the subjects'),
      test: share.default(0.2).describe('share of the subjects that is tested on'),
      validation: share
        .default(0.1)
        .describe('share of the subjects that early stopping and the choice of epochs see'),
    })
    .refine(({ test, validation }) => test > 0 && test + validation < 0.9, {
      error: 'allowed: a test share above 0, and more than a tenth of the subjects left for training',
    })
    .prefault({})
    .describe('divisions by subject, stratified by class'),
  seeds: z
    .int()
    .min(1)
    .max(100)
    .default(3)
    .describe('trainings per division, which differ in their seed alone'),
  engine: backendSetting,
  training: ImageTraining,
  models: Models,
});
export type ClassifiedConfig = z.output<typeof ClassifiedKeys>;

/**
 * Refuses what virtual cases, or cases of a folder, can't give.
 * @param asked what needs virtual cases: whether each key asks for something, by its path, and what is allowed without
 */
export function checkCases(
  { data, positiveFrom }: Pick<ClassifiedConfig, 'data' | 'positiveFrom'>,
  context: z.RefinementCtx,
  asked: readonly { readonly path: string[]; readonly asked: boolean; readonly allowed: string }[],
): void {
  const refuse = (path: string[], message: string) => context.addIssue({ code: 'custom', path, message });
  if (data.virtual === undefined) {
    for (const { path, asked: some, allowed } of asked) {
      if (some) refuse(path, `needs virtual cases; allowed: ${allowed} where \`data.folder\` is given`);
    }
  } else if (positiveFrom !== SIGNIFICANT_STAGE) {
    const whose = 'with virtual cases, whose ideal observer is for these stages';
    refuse(['positiveFrom'], `found ${positiveFrom}; allowed: ${SIGNIFICANT_STAGE} ${whose}`);
  }
}
