import { z } from 'zod';
import type { FitterEntry } from '../../contracts/study.ts';
import { resolveFitter } from '../resolve-plugin.ts';
import { MOST_REPEATS } from '../with-repeats.ts';
import { eachNameOnce } from './each-name-once.ts';

/** The keys of a fitter's mapping other than its settings. */
export const FitterKeys = z.looseObject({
  use: z.string().min(1).describe('name of a fitter, or path of a file'),
  // Checked by `resolveFitter`: otherwise a wrong value would make the union match another alternative.
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
  vary: z
    .unknown()
    .optional()
    .meta({
      type: 'object',
      additionalProperties: { type: 'object', minProperties: 1 },
      description:
        'settings with several values, each under a name: the fitter is used once for every combination, called name-value-value, …',
    }),
});

/** The key that identifies a mapping as a program; `resolveExternal` checks the rest. */
const ProgramKeys = z.looseObject({
  external: z.unknown().refine((command) => command !== undefined, {
    error: 'missing, and so is use; allowed: `use` with the name of a fitter, or `external` with a command',
  }),
});

/** A fitter in YAML: by name or path, with an optional display name and settings, or as a program. */
export const FitterReference = z.union([z.string().min(1), FitterKeys, ProgramKeys]).meta({
  id: 'Fitter',
  description: 'a fitter: its name, the path of its file, or a mapping with settings',
});
export type FitterReference = z.output<typeof FitterReference>;

/** The fitters to compare, completed: modules located, settings validated by each fitter's own schema. */
export const Fitters = z
  .array(FitterReference.transform(resolveFitter))
  .min(1)
  .superRefine(eachNameOnce('fitter'))
  .transform((references) => references.filter((entries) => Array.isArray(entries)).flat())
  .describe('the fitters to compare') satisfies z.ZodType<readonly FitterEntry[]>;

/**
 * The fitters of a list with their places in it. Checks of a whole config also see lists with entries that could not be
 * resolved, which are reported already.
 */
export const resolvedFitters = (fitters: readonly FitterEntry[]): (readonly [number, FitterEntry])[] =>
  [...fitters.entries()].filter(([, entry]) => typeof entry.module === 'string');
