import { z } from 'zod';
import type { FitterEntry } from '../../contracts/study.ts';
import { resolveFitter } from '../resolve-fitter.ts';

/** What a fitter's mapping holds besides its settings. */
export const FitterKeys = z.looseObject({
  use: z.string().min(1).describe('name of a fitter, or path of a file'),
  name: z.string().min(1).optional().describe('name in tables and figures; by default that of the fitter'),
});

/** What marks a mapping that names a program; `resolveExternal` checks the rest. */
const ProgramKeys = z.looseObject({ external: z.unknown().refine((command) => command !== undefined) });

/** A fitter as YAML names it: by name or path, with a display name and settings of its own, or as a program. */
export const FitterReference = z.union([z.string().min(1), FitterKeys, ProgramKeys]).meta({ id: 'Fitter' });
export type FitterReference = z.output<typeof FitterReference>;

/** The fitters to compare, complete: modules found, settings validated by each fitter's own schema. */
export const Fitters = z
  .array(FitterReference.transform(resolveFitter))
  .min(1)
  .superRefine((entries, context) => {
    entries.forEach(({ name }, i) => {
      if (entries.findIndex((entry) => entry.name === name) === i) return;
      context.addIssue({
        code: 'custom',
        path: [i],
        message: `found a second fitter called ${name}; allowed: each name once; give one of them another \`name\``,
      });
    });
  }) satisfies z.ZodType<readonly FitterEntry[]>;
