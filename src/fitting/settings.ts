import { parseDocument } from 'yaml';
import { z, type ZodType } from 'zod';
import type { Fitter } from '../contracts/fitter.ts';
import { InputError } from '../contracts/input-error.ts';
import { didYouMean } from '../plugins/nearest-name.ts';

/**
 * A fitter's settings from `path=value` words, dots in the path going deeper and the value being YAML:
 * `prior.f.a=2`, `prior={f: {a: 2, b: 5}}`.
 * @throws InputError naming the word, what was found and what is allowed
 */
export function fitterSettings<S>(name: string, fitter: Fitter<S>, assignments: readonly string[]): S {
  const given: Record<string, unknown> = {};
  for (const assignment of assignments) assign(given, assignment);
  const schema = fitter.settings ?? (z.strictObject({}) as unknown as ZodType<S>);
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const path = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(schema, path);
    const key = issue.keys[0];
    const allowed = known.length === 0 ? `${name} has no settings` : `known: ${known.join(', ')}`;
    throw new InputError(
      `--set ${[...path, key].join('.')}: ${name} has no such setting; ${allowed}${didYouMean(key, known)}`,
    );
  }
  throw new InputError(
    `--set ${path.join('.')}: ${issue.message.replace(/^Invalid input: /, '')} (fitter ${name})`,
  );
}

function assign(given: Record<string, unknown>, assignment: string): void {
  const [, path, text] = /^([^=]+)=(.*)$/s.exec(assignment) ?? [];
  if (path === undefined) {
    throw new InputError(`--set ${assignment}: write path=value, for example --set threshold=200`);
  }
  const document = parseDocument(text, { prettyErrors: false });
  if (document.errors.length > 0) {
    throw new InputError(`--set ${assignment}: the value is not YAML: ${document.errors[0].message}`);
  }
  const keys = path.trim().split('.');
  let at = given;
  for (const key of keys.slice(0, -1)) {
    if (typeof at[key] !== 'object' || at[key] === null) at[key] = {};
    at = at[key] as Record<string, unknown>;
  }
  at[keys[keys.length - 1]] = document.toJS();
}

/** Names of the settings that a schema knows at a path. */
function keysAt(schema: ZodType, path: readonly string[]): string[] {
  let node = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Branch;
  for (const key of path)
    node = branches(node).find((each) => each.properties?.[key])?.properties?.[key] ?? {};
  return branches(node).flatMap((each) => Object.keys(each.properties ?? {}));
}

interface Branch {
  readonly properties?: Readonly<Record<string, Branch>>;
  readonly anyOf?: readonly Branch[];
}

const branches = (node: Branch): Branch[] => [node, ...(node.anyOf ?? [])];
