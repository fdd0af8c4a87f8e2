import { z } from 'zod';

const positive = z.number().positive();
const spread = (most: number) => z.number().min(0).max(most);

/** How one latent variable, a logarithm, depends on the stage and varies within it. */
const latent = (effect: number, sd: number, fat: number, what: string) =>
  z
    .strictObject({
      effect: z
        .number()
        .default(effect)
        .describe('change per unit of stage position, before `auc` scales it'),
      sd: positive.default(sd).describe('SD within a stage that no other latent variable shares'),
      fat: z
        .number()
        .default(fat)
        .describe('change per SD of the fat factor, which all latent variables share'),
    })
    .prefault({})
    .describe(what);

const tissue = (T1: number, T2: number, density: number, ADC: number) =>
  z
    .strictObject({
      T1: positive.default(T1).describe('T1, ms'),
      T2: positive.default(T2).describe('T2, ms'),
      density: positive.default(density).describe('signal of fully relaxed tissue, relative'),
      ADC: positive.default(ADC).describe('ADC, mm²/s'),
    })
    .prefault({});

const STAGES = 5;
const perStage = z.array(z.number()).length(STAGES);

/**
 * Everything that decides virtual livers. T1 and T2 at 3 T: liver, muscle and blood of Stanisz et al. (Magn Reson Med
 * 2005;54:507), spleen and fat of de Bazelaire et al. (Radiology 2004;230:652). What is not a relaxation time is a choice of
 * the simulation and no measurement.
 */
export const LiverSettings = z.strictObject({
  seed: z.int().min(0).max(0xffffffff).default(2022).describe('decides every case, with its number'),
  auc: z
    .number()
    .min(0.55)
    .max(0.9999)
    .default(0.98)
    .describe(
      'AUC of the ideal observer of all modalities for stages 2 to 4 against 0 and 1; scales all effects alike',
    ),
  prevalence: perStage
    .refine((shares) => shares.every((share) => share > 0), 'allowed: numbers above 0')
    .default([0.15, 0.25, 0.25, 0.2, 0.15])
    .describe('relative numbers of cases of stages 0 to 4'),
  position: perStage
    .refine(
      (at) => at.every((a, stage) => stage === 0 || a >= at[stage - 1]) && at[2] > at[1],
      'allowed: positions that do not fall, with that of stage 2 above that of stage 1',
    )
    .default([0, 0.5, 1.5, 2, 2.5])
    .describe('how far each stage is along the common direction of effects'),
  latents: z
    .strictObject({
      ADC: latent(-0.18, 0.1, -0.08, 'log of the ADC of the parenchyma'),
      T2: latent(0.076, 0.081, 0.063, 'log of its T2'),
      T1: latent(0.083, 0.09, -0.08, 'log of its T1'),
      texture: latent(0.05, 0.2, 0, 'log of the amplitude of its texture'),
      nodularity: latent(0.07, 0.3, 0, 'log of the amplitude of the perturbation of its surface'),
    })
    .prefault({})
    .describe('the only way from the stage to the images'),
  image: z
    .strictObject({
      shape: z
        .tuple([z.int().min(4).max(256), z.int().min(4).max(256), z.int().min(4).max(256)])
        .default([32, 32, 16])
        .describe('voxels along x (to the left), y (to the front) and z (to the head)'),
      voxel: z
        .tuple([positive, positive, positive])
        .default([6, 6, 6])
        .describe('size of a voxel along x, y and z, mm'),
    })
    .prefault({})
    .describe('grid of the images'),
  sequences: z
    .strictObject({
      T1w: z
        .strictObject({
          TR: positive.default(150).describe('repetition time, ms'),
          flip: z.number().positive().max(90).default(80).describe('flip angle, degrees'),
        })
        .prefault({})
        .describe('spoiled gradient echo, echo time well below T2*'),
      T2w: z
        .strictObject({ TE: positive.default(80).describe('echo time, ms') })
        .prefault({})
        .describe('spin echo, repetition time well above T1'),
    })
    .prefault({})
    .describe('how the weighted images are acquired'),
  tissues: z
    .strictObject({
      liver: tissue(812, 42, 0.9, 1.2e-3).describe('parenchyma where all latent variables are 0'),
      muscle: tissue(1412, 50, 0.9, 1.5e-3).describe('muscle of the wall of the trunk'),
      spleen: tissue(1328, 61, 0.95, 0.85e-3).describe('spleen'),
      fat: tissue(382, 68, 0.25, 0.3e-3).describe(
        'subcutaneous fat; the low density stands for its suppression, as is usual around the liver',
      ),
      blood: tissue(1932, 275, 0.25, 2.2e-3).describe('of vessels; the low density stands for its flow'),
    })
    .prefault({})
    .describe('relaxation times and diffusion of the tissues'),
  texture: z
    .strictObject({
      amplitude: spread(0.5).default(0.07).describe('SD of log T1, log T2 and log ADC where its latent is 0'),
      wavelength: positive.default(22).describe('wavelength, mm'),
    })
    .prefault({})
    .describe('smooth random field in the parenchyma'),
  nodularity: z
    .strictObject({
      amplitude: spread(20).default(2.5).describe('SD of the surface where its latent is 0, mm'),
      wavelength: positive.default(26).describe('wavelength, mm'),
    })
    .prefault({})
    .describe('perturbation of the surface of the liver'),
  nuisance: z
    .strictObject({
      gain: spread(1).default(0.1).describe('SD of the log of the gain of a weighted image'),
      diffusionGain: spread(0.2)
        .default(0.01)
        .describe('SD of the log of the calibration of the ADC, of liver and muscle alike'),
      bias: spread(1).default(0.02).describe('SD of the log of the receive field of weighted images'),
      noise: z
        .strictObject({
          T1w: spread(1).default(0.03).describe('relative to the signal of liver, per quadrature channel'),
          T2w: spread(1).default(0.04).describe('relative to the signal of liver, per quadrature channel'),
          adc: spread(0.01).default(0.08e-3).describe('SD, mm²/s'),
        })
        .prefault({})
        .describe('noise of each image'),
      position: spread(50).default(3).describe('SD of the place of the body along each axis, mm'),
      rotation: spread(45).default(2).describe('SD of the rotation of the body about each axis, degrees'),
      size: spread(0.3).default(0.03).describe('SD of the log of the size of body, liver and spleen'),
      outline: spread(0.3)
        .default(0.03)
        .describe('SD of the smooth deformation of the liver, as a fraction of its radius'),
      fat: spread(1).default(0.2).describe('SD of the log of the thickness of subcutaneous fat'),
      vessels: z.int().min(0).max(20).default(3).describe('vessels in the liver'),
    })
    .prefault({})
    .describe('what differs between cases of every stage alike'),
});
export type LiverSettings = z.output<typeof LiverSettings>;
