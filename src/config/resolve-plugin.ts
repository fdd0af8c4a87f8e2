import { z } from 'zod';
import type { Json } from '../contracts/experiment.ts';
import { InputError } from '../contracts/input-error.ts';
import type { FitterEntry, PluginEntry } from '../contracts/study.ts';
import { displayName, loadFitter, loadModel, type Plugin } from '../plugins/discover.ts';
import { isPath } from '../plugins/kept-name.ts';
import { isOwn } from '../plugins/plugin-failure.ts';
import { configFolder, requireAllowed } from './config-folder.ts';
import { explainIssue } from './explain-issue.ts';
import { faultOfName, namesOfProgram } from './own-names.ts';
import { resolveExternal } from './resolve-external.ts';
import { EntryKeys, withRepeats } from './with-repeats.ts';
import { combinationsOf, Vary } from './with-variants.ts';

/** A plug-in as YAML names it: its name or path, or a mapping that also holds its settings. */
type Named =
  | string
  | {
      readonly use: string;
      readonly name?: unknown;
      readonly repeats?: unknown;
      /** Of fitters alone. */
      readonly vary?: unknown;
    };

type WithSettings = (
  use: string,
  from: URL,
) => Promise<Plugin<{ readonly settings?: z.ZodType; readonly estimatesS0?: boolean }>>;

const OTHER_NAME = 'another name of the file, or another `name` beside `use`';

const NoSettings = z.strictObject({});

/**
 * Locates a fitter of a config and completes its settings; problems are added to `context`.
 * @returns one entry, or one per repeat and combination of settings
 */
export async function resolveFitter(
  reference: Named | { readonly external: unknown },
  context: z.RefinementCtx<Named | { readonly external: unknown }>,
): Promise<FitterEntry[]> {
  if (typeof reference === 'object' && 'external' in reference)
    return [await resolveExternal(reference, context)];
  return resolvePlugin('fitter', loadFitter, reference, context);
}

/** The same for a network on images. */
export const resolveModel = (reference: Named, context: z.RefinementCtx<Named>): Promise<PluginEntry[]> =>
  resolvePlugin('model', loadModel, reference, context);

async function resolvePlugin(
  kind: 'fitter' | 'model',
  load: WithSettings,
  reference: Named,
  context: z.core.ParsePayload,
): Promise<PluginEntry[]> {
  const { use, name, repeats, ...rest } = typeof reference === 'string' ? { use: reference } : reference;
  const { vary: levels, ...others } = rest;
  // To a network on images `vary` is a setting like any other, which it does not have.
  const [vary, given] = kind === 'fitter' ? [levels, others] : [undefined, rest];
  try {
    if (typeof use !== 'string')
      throw new InputError(`missing; allowed: use, with the name or path of a ${kind}`);
    requireAllowed(kind, use);
    const { module, value } = await load(use, configFolder());
    const schema = value.settings ?? NoSettings;
    const beside = EntryKeys.safeParse({ name, repeats }, { error: explainIssue });
    const varied = z.object({ vary: Vary.optional() }).safeParse({ vary }, { error: explainIssue });
    const own = beside.data?.name ?? (isPath(use) ? displayName(use) : use);
    const fault =
      isOwn(module) && faultOfName({ kind, use, name: own }, await namesOfProgram(kind), OTHER_NAME);
    if (fault) throw new InputError(fault);
    const entries: PluginEntry[] = [];
    const issues = [...(beside.error?.issues ?? []), ...(varied.error?.issues ?? [])];
    for (const { name, settings, variant } of combinationsOf(own, varied.data?.vary)) {
      const parsed = await schema.safeParseAsync({ ...given, ...settings }, { error: explainIssue });
      for (const issue of parsed.error?.issues ?? []) {
        const level = variant?.factors[String(issue.path[0])];
        const path =
          level === undefined ? issue.path : ['vary', issue.path[0], level, ...issue.path.slice(1)];
        issues.push({ ...issue, path });
      }
      if (issues.length > 0) break;
      const S0 = value.estimatesS0 ? 'fitted' : 'known';
      const entry = {
        ...{ name, use, module: module.href },
        settings: JSON.parse(JSON.stringify(parsed.data ?? {})) as Json,
        ...(variant ? { variant: { of: own, factors: { ...variant.factors, S0 } } } : {}),
      };
      entries.push(...withRepeats(entry, beside.data?.repeats));
    }
    if (issues.length === 0) return entries;
    // Issues of a nested parse are passed on with their paths inside this entry.
    for (const issue of issues) context.issues.push({ ...issue, input: reference } as z.core.$ZodRawIssue);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const path = typeof reference === 'string' ? [] : ['use'];
    context.issues.push({ code: 'custom', message: error.message, path, input: reference });
  }
  return z.NEVER;
}
