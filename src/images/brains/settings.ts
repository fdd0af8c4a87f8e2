import { z } from 'zod';

const positive = z.number().positive();
const spread = (most: number) => z.number().min(0).max(most);
const range = (low: number, high: number, what: string) =>
  z
    .tuple([positive, positive])
    .refine(([from, to]) => from <= to, 'allowed: two numbers, the lower first')
    .default([low, high])
    .describe(what);

const tissue = (T1: number, T2: number, density: number, CBF: number) =>
  z
    .strictObject({
      T1: positive.default(T1).describe('T1, ms'),
      T2: positive.default(T2).describe('T2, ms'),
      density: positive.default(density).describe('proton density, relative to water'),
      CBF: z.number().min(0).default(CBF).describe('perfusion, ml/100 g/min'),
    })
    .prefault({});

/** How subjects can differ, key by key. @param of makes the setting of a key from the most that is allowed, its default, and what it is */
const variations = <T>(of: (most: number, usual: number, what: string) => T) => ({
  position: of(30, 3, 'SD of the place of the head along each axis, mm'),
  rotation: of(30, 3, 'SD of the rotation of the head about each axis, degrees'),
  size: of(0.2, 0.04, 'SD of the log of the size of the head along each axis'),
  deformation: of(
    12,
    4,
    'SD of the smooth displacement of the anatomy along each axis, mm, which varies over 30 mm',
  ),
  folding: of(6, 2, 'SD of a displacement on top of that, mm, which varies over 10 mm'),
  boundary: of(
    2,
    0.6,
    'SD of the log of the odds by which voxels of two tissues have more of one or the other: a thicker or thinner cortex, wider or narrower sulci',
  ),
  thickness: of(2, 0, 'SD of the same on top of that, which varies over 6 mm within the head'),
  sharpness: of(
    1,
    0,
    'SD of the log of the power that shares of tissues are raised to, before they are brought to the same sum: sharper or more blurred borders',
  ),
  relaxation: of(
    0.5,
    0,
    'SD of the log of T1 and of T2 of each tissue, by which the contrast of weighted images varies',
  ),
  perfusion: of(0.5, 0.15, 'SD of the log of the perfusion of the whole brain'),
  tissue: of(0.5, 0.08, 'SD of the log of the perfusion of each tissue on top of that'),
  territory: of(
    0.5,
    0.12,
    'SD of the log of the smooth variation of perfusion within the brain, which no weighted image shows',
  ),
  bias: of(0.5, 0.08, 'SD of the log of the receive field of the weighted images'),
});

/** What of it is other than usual. */
export const OtherVariation = z.strictObject(
  variations((most, _usual, what) => spread(most).optional().describe(what)),
);

/**
 * Everything that decides virtual brains. T1 and T2 of grey and white matter at 3 T: Stanisz et al. (Magn Reson Med 2005;54:507); proton
 * densities: Tofts (Quantitative MRI of the Brain, 2003, chapter 4); perfusion of grey and white matter: Alsop et al. (Magn Reson Med
 * 2015;73:102), who expect 40 to 100 in grey matter, and as in the ground truth of asldro. The noise of one repetition is such that it is 29 % away from the mean of six,
 * as Zaharchuk et al. 2018 report of their images. What has no source is a choice of the simulation and no measurement.
 */
export const BrainSettings = z.strictObject({
  seed: z.int().min(0).max(0xffffffff).default(2018).describe('decides every subject, with its number'),
  image: z
    .strictObject({
      size: z.int().min(16).max(256).default(64).describe('pixels along x and y of a slice'),
      pixel: positive.default(3).describe('width and height of a pixel, mm'),
      slices: z.int().min(1).max(16).default(8).describe('axial slices of each subject'),
      gap: positive.default(7).describe('distance of neighbouring slices, mm'),
    })
    .prefault({})
    .describe('what is imaged'),
  tissues: z
    .strictObject({
      grey: tissue(1820, 99, 0.82, 60).describe('grey matter'),
      white: tissue(1084, 69, 0.7, 20).describe('white matter'),
      fluid: tissue(4000, 2000, 1, 0).describe('cerebrospinal fluid'),
    })
    .prefault({})
    .describe('relaxation times, densities and perfusion of the tissues'),
  sequences: z
    .strictObject({
      TR: positive.default(4000).describe('repetition time of both weighted images, ms'),
      PDw: positive.default(15).describe('echo time of the proton-density-weighted image, ms'),
      T2w: positive.default(90).describe('echo time of the T2-weighted image, ms'),
    })
    .prefault({})
    .describe('how the weighted images are acquired: spin echoes'),
  noise: z
    .strictObject({
      perfusion: positive.default(11).describe('SD of the perfusion image of one repetition, ml/100 g/min'),
      weighted: spread(0.5)
        .default(0.008)
        .describe(
          'of the weighted images per quadrature channel, relative to PD-weighted white matter: they are acquired in finer pixels, and a mean over 3 x 3 of them has a third of their noise',
        ),
    })
    .prefault({})
    .describe('noise of each image'),
  variation: z
    .strictObject(variations((most, usual, what) => spread(most).default(usual).describe(what)))
    .prefault({})
    .describe('how subjects differ'),
  lesions: z
    .strictObject({
      count: z.int().min(1).max(20).default(5).describe('lesions of a subject that has any'),
      radius: range(8, 14, 'radius, mm'),
      low: range(0.2, 0.6, 'perfusion of half of them, as a fraction of what it was'),
      high: range(1.5, 2, 'perfusion of the others, as a fraction of what it was'),
      T2: positive
        .default(1.5)
        .describe('T2 where the weighted images show a lesion, as a fraction of what it was'),
      density: positive.default(1.1).describe('proton density there, as a fraction of what it was'),
    })
    .prefault({})
    .describe('round lesions of grey and white matter, whose perfusion is low or high'),
});
export type BrainSettings = z.output<typeof BrainSettings>;
