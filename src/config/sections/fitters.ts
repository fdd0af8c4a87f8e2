import { z } from 'zod';
import type { FitterEntry } from '../../contracts/study.ts';
import { resolveFitter } from '../resolve-plugin.ts';
import { MOST_REPEATS } from '../with-repeats.ts';
import { eachNameOnce } from './each-name-once.ts';

/** What a fitter's mapping holds besides its settings. */
export const FitterKeys = z.looseObject({
  use: z.string().min(1).describe('name of a fitter, or path of a file'),
  // Checked by `resolveFitter`: a wrong value must not make a union of something else of the mapping.
  name: z.unknown().optional().meta({
    type: 'string',
    minLength: 1,
    description: 'name in tables and figures; by default that of the fitter',
  }),
  repeats: z.unknown().optional().meta({
    type: 'integer',
    minimum: 2,
    maximum: MOST_REPEATS,
    description: 'number of repeats that differ only in their seed, called name-1, name-2, …',
  }),
});

/** What marks a mapping that names a program; `resolveExternal` checks the rest. */
const ProgramKeys = z.looseObject({ external: z.unknown().refine((command) => command !== undefined) });

/** A fitter as YAML names it: by name or path, with a display name and settings of its own, or as a program. */
export const FitterReference = z.union([z.string().min(1), FitterKeys, ProgramKeys]).meta({
  id: 'Fitter',
  description: 'a fitter: its name, the path of its file, or a mapping with settings',
});
export type FitterReference = z.output<typeof FitterReference>;

/** The fitters to compare, complete: modules found, settings validated by each fitter's own schema. */
export const Fitters = z
  .array(FitterReference.transform(resolveFitter))
  .min(1)
  .superRefine(eachNameOnce('fitter'))
  .transform((references) => references.flat())
  .describe('the fitters to compare') satisfies z.ZodType<readonly FitterEntry[]>;
