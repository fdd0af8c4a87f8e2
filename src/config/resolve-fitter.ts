import { z } from 'zod';
import type { Json } from '../contracts/experiment.ts';
import { InputError } from '../contracts/input-error.ts';
import type { FitterEntry } from '../contracts/study.ts';
import { displayName, isPath, loadFitter } from '../plugins/discover.ts';
import { configFolder } from './config-folder.ts';
import { explainIssue } from './explain-issue.ts';
import { resolveExternal } from './resolve-external.ts';
import { EntryKeys, withRepeats } from './with-repeats.ts';

type Reference =
  | string
  | { readonly use: string; readonly name?: unknown; readonly repeats?: unknown }
  | { readonly external: unknown };

const NoSettings = z.strictObject({});

/**
 * Locates a fitter of a config and completes its settings; problems are added to `context`.
 * @returns one entry, or one per repeat
 */
export async function resolveFitter(
  reference: Reference,
  context: z.RefinementCtx<Reference>,
): Promise<FitterEntry[]> {
  if (typeof reference === 'object' && 'external' in reference)
    return [await resolveExternal(reference, context)];
  const { use, name, repeats, ...given } = typeof reference === 'string' ? { use: reference } : reference;
  try {
    const { module, value } = await loadFitter(use, configFolder());
    const schema = value.settings ?? NoSettings;
    const parsed = await schema.safeParseAsync(given, { error: explainIssue });
    const beside = EntryKeys.safeParse({ name, repeats }, { error: explainIssue });
    if (parsed.success && beside.success) {
      const settings = JSON.parse(JSON.stringify(parsed.data ?? {})) as Json;
      const entry = {
        name: beside.data.name ?? (isPath(use) ? displayName(use) : use),
        use,
        module: module.href,
        settings,
      };
      return withRepeats(entry, beside.data.repeats);
    }
    // Issues of a nested parse are passed on with their paths inside this entry.
    for (const issue of [...(parsed.error?.issues ?? []), ...(beside.error?.issues ?? [])])
      context.issues.push({ ...issue, input: reference } as z.core.$ZodRawIssue);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const path = typeof reference === 'string' ? [] : ['use'];
    context.issues.push({ code: 'custom', message: error.message, path, input: reference });
  }
  return z.NEVER;
}
