import { z } from 'zod';
import { engineSetting } from '../../nets/choose-engine.ts';

/** What the two publications that use such networks set differently. */
export interface PublishedSettings {
  readonly depth: number;
  readonly learningRate: number;
  readonly ranges: Readonly<Record<'S0' | 'D' | 'f' | 'Dp', readonly [number, number]>>;
  readonly widen: number;
}

const range = ([low, high]: readonly [number, number]) =>
  z
    .tuple([z.number(), z.number()])
    .refine((ends) => ends[0] < ends[1], { message: 'the lower end must be below the upper end' })
    .readonly()
    .default([low, high]);

/** Settings of a network with a branch for each parameter, the defaults as published. */
export function branchedSettings({ depth, learningRate, ranges, widen }: PublishedSettings) {
  return {
    depth: z.int().min(1).max(32).default(depth).describe('hidden layers'),
    width: z
      .union([z.literal('b-values'), z.int().min(1).max(4096)])
      .default('b-values')
      .describe(
        'units in each hidden layer of each branch; `b-values` is as many as there are of those, b=0 too',
      ),
    batchNorm: z
      .boolean()
      .default(true)
      .describe('whether the sums of hidden layers are normalised over the batch'),
    dropout: z
      .number()
      .min(0)
      .max(0.9)
      .default(0.1)
      .describe('share of units that a training step leaves out'),
    ranges: z
      .strictObject({
        S0: range(ranges.S0).describe('as a multiple of the mean signal at b=0'),
        D: range(ranges.D).describe('mm²/s'),
        f: range(ranges.f),
        Dp: range(ranges.Dp).describe('mm²/s'),
      })
      .prefault({})
      .describe('what a sigmoid confines each parameter to, before widening'),
    widen: z
      .number()
      .min(0)
      .default(widen)
      .describe('share of each range by which both its ends are moved outwards'),
    engine: engineSetting,
    learningRate: z.number().positive().default(learningRate).describe('step size of Adam'),
    weightDecay: z
      .number()
      .min(0)
      .default(1e-4)
      .describe('factor of each parameter that is added to its gradient, as in the published code'),
    batch: z.int().min(2).default(128).describe('voxels per step'),
    iterations: z.int().positive().default(500).describe('maximum number of steps per epoch'),
    epochs: z.int().positive().default(1000).describe('maximum number of epochs'),
    patience: z
      .int()
      .positive()
      .default(10)
      .describe('stop after this many consecutive epochs without a new lowest validation loss'),
    trainFraction: z
      .number()
      .positive()
      .lt(1)
      .default(0.9)
      .describe('fraction of the voxels used for training; the others are used for early stopping'),
    restore_best: z
      .enum(['best', 'last'])
      .default('best')
      .describe(
        'weights used in the end: those with the lowest loss on the voxels held out, or the last ones',
      ),
  };
}

export type BranchedSettings = z.infer<z.ZodObject<ReturnType<typeof branchedSettings>>>;
