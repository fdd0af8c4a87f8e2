import { z } from 'zod';
import type { Json } from '../contracts/experiment.ts';

/** `--iterations, 100` needs no quotes. */
const Word = z.union([z.string().min(1), z.number()]).transform(String);

/** The YAML keys of a fitter that is a program. */
export const ExternalSettings = z.strictObject({
  external: z
    .array(Word)
    .min(1)
    .describe('a program and its arguments; the path of the request folder is added as the last'),
  timeout_s: z
    .number()
    .positive()
    .max(1_000_000)
    .default(600)
    .describe('seconds after which a call is ended and its cell fails'),
  timing_voxels: z
    .int()
    .min(1)
    .default(1000)
    .describe('voxels per call when it is timed: enough that starting the program does not count for much'),
  needs: z
    .array(z.enum(['sigma', 'tissue']))
    .default([])
    .describe(
      'what the program cannot do without: the noise of every voxel, the distribution the tissue comes from',
    ),
  settings: z
    .record(z.string(), z.unknown())
    .transform((settings) => JSON.parse(JSON.stringify(settings)) as Readonly<Record<string, Json>>)
    .prefault({})
    .describe('passed unchanged to the program, under settings in request.json'),
});
export type ExternalSettings = z.output<typeof ExternalSettings>;

/** A program in the `fitters` of a config. */
export const ExternalKeys = ExternalSettings.extend({
  name: z.string().min(1).describe('name in tables and figures'),
});
