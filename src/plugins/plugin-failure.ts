import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { displayName } from './discover.ts';
import { moduleFolders, type ModuleKind } from './places.ts';

const PROGRAM = [new URL('../', moduleFolders.figure), moduleFolders.experiment];

/** Whether a module is one of the user's rather than the program's. */
export const isOwn = (module: URL): boolean => !PROGRAM.some((folder) => module.href.startsWith(folder.href));

/**
 * Describes an exception in a plug-in: `figure depth: …`; of one of the user's own with its file, relative to the current folder,
 * and the study: `figure my-figure (plots/my-figure.ts), study Noise: …`.
 * @param study its title or file, if known
 */
export function pluginFailure(kind: ModuleKind, module: URL, error: unknown, study?: string): string {
  const why = error instanceof Error ? error.message || error.name : String(error);
  const name = `${kind} ${displayName(module.href)}`;
  if (!isOwn(module)) return `${name}: ${why}`;
  const of = study === undefined ? '' : `, study ${study}`;
  return `${name} (${relative('', fileURLToPath(module))})${of}: ${why}`;
}
