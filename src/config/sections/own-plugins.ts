import { z } from 'zod';
import { InputError } from '../../contracts/input-error.ts';
import type { Metric, MetricFamily } from '../../contracts/metric.ts';
import { foldedName } from '../../files/plain-name.ts';
import type { Plugin } from '../../plugins/discover.ts';
import { metricsOf } from '../../plugins/metrics-of.ts';
import { isOwn } from '../../plugins/plugin-failure.ts';
import { configFolder, requireAllowed } from '../config-folder.ts';
import { faultOfName, isNameOfOutput, namesOfProgram, type NamesInUse } from '../own-names.ts';

/** A user's plug-in: its path in the config, and its location. */
export interface OwnPlugin {
  readonly use: string;
  /** `file:` URL. */
  readonly module: string;
}

type Load = (use: string, from?: URL) => Promise<Plugin<unknown>>;

/**
 * Plug-ins given by path: each is loaded and checked when the config is read, and each has a name of its own.
 * @param taken other names that they can't have, each with what has it
 */
export const ownPlugins = (
  kind: 'metric' | 'figure' | 'table',
  load: Load,
  taken: readonly (readonly [string, string])[] = [],
) =>
  z
    .array(
      z
        .string()
        .min(1)
        .transform(async (use, context): Promise<OwnPlugin> => {
          try {
            requireAllowed('file', use);
            return { use, module: (await load(use, configFolder())).module.href };
          } catch (error) {
            if (!(error instanceof InputError)) throw error;
            context.issues.push({ code: 'custom', message: error.message, input: use });
            return z.NEVER;
          }
        }),
    )
    .superRefine(async (plugins, context) => {
      if (plugins.length === 0) return;
      const inUse: NamesInUse = new Map([...taken, ...(await namesOfProgram(kind))]);
      for (const [i, { use, module }] of plugins.entries()) {
        // One that could not be loaded is reported already.
        if (typeof module !== 'string') continue;
        const plugin = await load(module);
        if (!isOwn(plugin.module)) {
          const message = `found the ${kind} ${use} of ivim-bench, which is there without being listed; allowed: ${kind}s of your own`;
          context.addIssue({ code: 'custom', path: [i], message });
          continue;
        }
        const names = namesIn(kind, plugin);
        const fault = names.map((name) => faultOf(kind, { use, name }, inUse)).find(Boolean);
        if (fault !== undefined) context.addIssue({ code: 'custom', path: [i], message: fault });
        for (const name of names) inUse.set(foldedName(name), use);
      }
    });

function faultOf(
  kind: 'metric' | 'figure' | 'table',
  { use, name }: { readonly use: string; readonly name: string },
  inUse: NamesInUse,
): string | undefined {
  if (isNameOfOutput(name)) return faultOfName({ kind, use, name }, inUse);
  return `found the ${kind} ${use}, which is called ${JSON.stringify(name)}; allowed: a file whose name consists of letters, digits, hyphens, underscores and dots`;
}

/** The names under which a run has its results. */
const namesIn = (kind: string, plugin: Plugin<unknown>): string[] =>
  kind === 'metric' ? [...metricsOf(plugin as Plugin<Metric | MetricFamily>).keys()] : [plugin.name];
