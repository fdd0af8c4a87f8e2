import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { foldedName, isPlainName } from '../files/plain-name.ts';
import { loadMetric, moduleNamed, namesOf } from '../plugins/discover.ts';
import { metricsOf } from '../plugins/metrics-of.ts';
import { packageRoot, type ModuleKind } from '../plugins/places.ts';

/** The names of a kind of plug-in, each with the file it is from, as messages call it. */
export type NamesInUse = Map<string, string>;

/** Returns the names that the program's own plug-ins of a kind have: of metrics, those of their rows. */
export async function namesOfProgram(kind: ModuleKind): Promise<NamesInUse> {
  const named = (name: string, module: URL) => [foldedName(name), fileOfProgram(module)] as const;
  if (kind !== 'metric') return new Map(namesOf(kind).map((name) => named(name, moduleNamed(kind, name))));
  const metrics = await Promise.all(namesOf('metric').map((name) => loadMetric(name)));
  return new Map(
    metrics.flatMap((plugin) => [...metricsOf(plugin).keys()].map((name) => named(name, plugin.module))),
  );
}

/**
 * Says why a plug-in of the user's can't have its name, or returns undefined: results of two plug-ins under one name would
 * replace each other.
 * @param use its path in the config
 * @param instead what can be changed
 */
export function faultOfName(
  { kind, use, name }: { readonly kind: ModuleKind; readonly use: string; readonly name: string },
  inUse: NamesInUse,
  instead = 'another name of the file',
): string | undefined {
  const other = inUse.get(foldedName(name));
  if (other === undefined) return undefined;
  if (other === use) return `found the ${kind} ${use} twice; allowed: each file once`;
  return `found the ${kind} ${use}, which is called ${name}, as is ${other}; allowed: ${instead}`;
}

/**
 * Whether a name can be that of files and of rows: as people write it in tables and figures of theirs, without quotes or
 * spaces.
 */
export const isNameOfOutput = (name: string): boolean =>
  isPlainName(name) && /^[\p{L}\p{N}][\p{L}\p{M}\p{N}._-]*$/u.test(name);

const fileOfProgram = (module: URL): string =>
  `${relative(fileURLToPath(packageRoot), fileURLToPath(module)).replaceAll('\\', '/')} of ivim-bench`;
