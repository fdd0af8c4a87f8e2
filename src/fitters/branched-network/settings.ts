import { z } from 'zod';
import { engineSetting } from '../../nets/choose-engine.ts';

/** The settings in which the two publications on such networks differ. */
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
    depth: z.int().min(1).max(32).default(depth).describe('number of hidden layers'),
    width: z
      .union([z.literal('b-values'), z.int().min(1).max(4096)])
      .default('b-values')
      .describe(
        'units in each hidden layer of each branch; `b-values` is the number of b-values, b=0 included',
      ),
    batchNorm: z.boolean().default(true).describe('whether hidden layers use batch normalisation'),
    dropout: z
      .number()
      .min(0)
      .max(0.9)
      .default(0.1)
      .describe('fraction of units that dropout omits in a training step'),
    ranges: z
      .strictObject({
        S0: range(ranges.S0).describe('range of S0, as a multiple of the mean signal at b=0'),
        D: range(ranges.D).describe('range of D, mm²/s'),
        f: range(ranges.f).describe('range of f'),
        Dp: range(ranges.Dp).describe('range of Dp, mm²/s'),
      })
      .prefault({})
      .describe('range of the sigmoid of each parameter, before widening'),
    widen: z
      .number()
      .min(0)
      .default(widen)
      .describe('fraction of each range by which both of its ends are moved outwards'),
    engine: engineSetting,
    learningRate: z.number().positive().default(learningRate).describe('learning rate of Adam'),
    weightDecay: z
      .number()
      .min(0)
      .default(1e-4)
      .describe('weight decay (L2 penalty) of Adam, as in the published code'),
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
      .describe('final weights: those with the lowest validation loss (`best`), or the last ones'),
  };
}

export type BranchedSettings = z.infer<z.ZodObject<ReturnType<typeof branchedSettings>>>;
