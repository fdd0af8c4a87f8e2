import { z } from 'zod';
import { alternativeKeys, describeSchema } from './describe-schema.ts';

/** A key of a config or a setting of a fitter, as a table of keys shows it. */
export interface KeyDescription {
  /** `data.noise.snr`; `files[].image` in each entry of a list, `regions.*.D` in each value of a mapping with free names. */
  readonly path: string;
  /** Kind and range: `an integer from 1 to 9`; the name of a shared schema: `Tissue`. */
  readonly allowed: string;
  readonly required: boolean;
  /** Value if the key is absent; undefined where there is none. */
  readonly default?: unknown;
  /** Meaning and unit. */
  readonly description: string;
}

/**
 * Lists the keys of a mapping and of the mappings inside it, in the order in which schemas declare them. A schema with an id
 * (`.meta({ id })`) is shared: it is named, and its keys are listed separately.
 */
export function describeKeys(schema: z.core.$ZodType): KeyDescription[] {
  const keys: KeyDescription[] = [];
  addKeys(keys, peel(schema), '');
  return keys;
}

/** Returns the shared schemas that a schema refers to, directly or indirectly, each once. */
export function sharedSchemas(
  schema: z.core.$ZodType,
  found = new Map<string, z.core.$ZodType>(),
): ReadonlyMap<string, z.core.$ZodType> {
  const { inner, id } = peel(schema);
  if (id !== undefined) {
    if (found.has(id)) return found;
    found.set(id, inner);
  }
  for (const part of partsOf(inner)) sharedSchemas(part, found);
  return found;
}

interface Peeled {
  /** The schema without wrappers that make it optional, give it a default or transform it. */
  readonly inner: z.core.$ZodType;
  readonly required: boolean;
  readonly default?: unknown;
  readonly description: string;
  readonly id?: string;
  /** What is allowed, if this schema only documents it and another one checks it. */
  readonly kind?: string;
}

function peel(schema: z.core.$ZodType): Peeled {
  let required = true;
  let fallback: unknown;
  let description: string | undefined;
  let id: string | undefined;
  let kind: string | undefined;
  let inner = schema;
  for (;;) {
    const meta = z.globalRegistry.get(inner);
    description ??= meta?.description;
    id ??= idOf(inner);
    if (meta?.type !== undefined) kind ??= describeMeta(meta);
    const def = inner._zod.def as Wrapper;
    if (def.type === 'default' || def.type === 'prefault') fallback ??= def.defaultValue;
    if (def.type === 'default' || def.type === 'prefault' || def.type === 'optional') required = false;
    const next = def.innerType ?? def.in;
    if (next === undefined) break;
    inner = next;
  }
  return {
    inner,
    required,
    ...(fallback === undefined ? {} : { default: fallback }),
    description: description ?? '',
    ...(id === undefined ? {} : { id }),
    ...(kind === undefined ? {} : { kind }),
  };
}

interface Wrapper {
  readonly type: string;
  readonly innerType?: z.core.$ZodType;
  readonly in?: z.core.$ZodType;
  readonly defaultValue?: unknown;
}

/** Returns the id of a schema, or of the one it refines or describes. */
function idOf(schema: z.core.$ZodType): string | undefined {
  for (let each: z.core.$ZodType | undefined = schema; each; each = each._zod.parent) {
    const id = z.globalRegistry.get(each)?.id;
    if (id !== undefined) return id;
  }
  return undefined;
}

function addKeys(keys: KeyDescription[], { inner }: Pick<Peeled, 'inner'>, prefix: string): void {
  if (inner instanceof z.ZodObject) {
    for (const [key, value] of Object.entries<z.core.$ZodType>(inner.shape))
      addKey(keys, value, `${prefix}${key}`);
  } else if (inner instanceof z.ZodUnion) {
    const first = keys.length;
    for (const option of inner.options) addInside(keys, option, prefix);
    if (!alternativeKeys(inner)) return;
    for (let i = first; i < keys.length; i++) {
      // One of them is required, but no particular one.
      if (!keys[i].path.slice(prefix.length).includes('.')) keys[i] = { ...keys[i], required: false };
    }
  }
}

function addKey(keys: KeyDescription[], schema: z.core.$ZodType, path: string): void {
  const key = peel(schema);
  const before = keys.length;
  const entry = keys.push({
    path,
    allowed: key.id ?? key.kind ?? describeSchema(schema, named),
    required: key.required,
    description: key.description,
  });
  if (key.id === undefined) addInside(keys, key.inner, `${path}.`);
  // The defaults of a mapping are those of its keys.
  const isMapping = typeof key.default === 'object' && !Array.isArray(key.default);
  if (key.default === undefined || (isMapping && (keys.length > entry || key.id !== undefined))) return;
  keys[before] = { ...keys[before], default: key.default };
}

/**
 * Adds the keys inside a value: those of a mapping, of the entries of a list, or of the values of a mapping with free names.
 */
function addInside(keys: KeyDescription[], schema: z.core.$ZodType, prefix: string): void {
  const { inner, id } = peel(schema);
  if (id !== undefined) return;
  const path = prefix.replace(/\.$/, '');
  if (inner instanceof z.ZodArray) addInside(keys, inner.element, `${path}[].`);
  else if (inner instanceof z.ZodRecord) addInside(keys, inner.valueType, `${path}.*.`);
  else addKeys(keys, { inner }, prefix);
}

/** Describes shared schemas by their ids, and mappings without their keys, which are listed separately. */
function named(schema: z.core.$ZodType): string | undefined {
  return idOf(schema) ?? (schema instanceof z.ZodObject ? 'a mapping' : undefined);
}

function describeMeta({ type, minimum, maximum }: z.core.GlobalMeta): string {
  if (type === 'object') return 'a mapping';
  return type === 'integer' ? `an integer from ${String(minimum)} to ${String(maximum)}` : 'a text';
}

function partsOf(schema: z.core.$ZodType): readonly z.core.$ZodType[] {
  if (schema instanceof z.ZodObject) return Object.values<z.core.$ZodType>(schema.shape);
  if (schema instanceof z.ZodUnion) return schema.options;
  if (schema instanceof z.ZodArray) return [schema.element];
  if (schema instanceof z.ZodRecord) return [schema.valueType];
  if (schema instanceof z.ZodTuple) return schema.def.items;
  return [];
}
