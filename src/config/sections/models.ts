import { z } from 'zod';
import type { PluginEntry } from '../../contracts/study.ts';
import { resolveModel } from '../resolve-plugin.ts';
import { eachNameOnce } from './each-name-once.ts';

/** What a model's mapping holds besides its settings. */
export const ModelKeys = z.looseObject({
  use: z.string().min(1).describe('name of a model, or path of a file'),
  // Checked by `resolveModel`, as those of a fitter are.
  name: z.unknown().optional().meta({
    type: 'string',
    minLength: 1,
    description: 'name in tables and figures; by default that of the model',
  }),
});

/** A network on images as YAML names it: by name or path, with a display name and settings of its own. */
export const ModelReference = z.union([z.string().min(1), ModelKeys]).meta({
  id: 'Model',
  description: 'a network on images: its name, the path of its file, or a mapping with settings',
});

/** One network, complete; undefined where its settings are wrong, which is reported. */
export const OneModel = ModelReference.transform(resolveModel).transform((entries): PluginEntry | undefined =>
  Array.isArray(entries) ? entries[0] : undefined,
);

/** The networks to compare, complete: modules found, settings validated by each model's own schema. */
export const Models = z
  .array(ModelReference.transform(resolveModel))
  .min(1)
  .superRefine(eachNameOnce('model'))
  .transform((references) => references.filter((entries) => Array.isArray(entries)).flat())
  .describe('the networks to compare') satisfies z.ZodType<readonly PluginEntry[]>;
