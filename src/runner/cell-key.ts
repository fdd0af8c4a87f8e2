import type { Cell } from '../contracts/cell.ts';
import type { CodeVersion, CodeVersions } from './code-version.ts';
import { hashOf } from './hash.ts';

/** Increased when the format of stored results changes, so that old ones are not used. */
const STORE_FORMAT = 2;

/** The module that executes cells: a change to it changes every key. */
const EXECUTED_BY = new URL(
  import.meta.url.endsWith('.ts') ? './work-cell.ts' : './work-cell.js',
  import.meta.url,
).href;

/** Everything that decides the result of a cell, and so its key. Plain data. */
export interface KeyParts {
  readonly task: string;
  /** The input, with each module replaced by the version of its code. */
  readonly input: unknown;
  /** The code the cell runs: that of its task, of the module that executes cells, and of every module its input names. */
  readonly code: readonly CodeVersion[];
  /** The keys of the cells it reads, by the names it reads them under. */
  readonly needs: Readonly<Record<string, string>>;
}

export interface CellKey {
  readonly key: string;
  readonly parts: KeyParts;
}

/** Returns the key of a cell: the hash of its task's code, the code its input names, its input, and the keys it needs. */
export async function cellKey(
  { task, input }: Cell,
  needs: Readonly<Record<string, string>>,
  versions: CodeVersions,
): Promise<CellKey> {
  const modules = modulesIn(input);
  const found = await Promise.all(
    [task.module, EXECUTED_BY, ...modules].map((module) => versions.of(module)),
  );
  const byModule = new Map(modules.map((module, i) => [module, found[i + 2].hash]));
  const keyed = withVersions(input, byModule);
  return {
    key: hashOf({
      format: STORE_FORMAT,
      task: task.name,
      code: [found[0].hash, found[1].hash],
      input: keyed,
      needs,
    }),
    parts: { task: task.name, input: keyed, code: found, needs },
  };
}

function modulesIn(input: unknown): string[] {
  const found = new Set<string>();
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, entry] of Object.entries(value)) {
      if (isModule(key, entry)) found.add(entry);
      else visit(entry);
    }
  };
  visit(input);
  return [...found];
}

function withVersions(value: unknown, versions: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(value)) return value.map((entry) => withVersions(entry, versions));
  // Objects that are not plain are left to the hash, which rejects them.
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype)
    return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [
      key,
      isModule(key, entry) ? versions.get(entry) : withVersions(entry, versions),
    ]),
  );
}

const isModule = (key: string, value: unknown): value is string =>
  key === 'module' && typeof value === 'string' && value.startsWith('file:');
