import { z } from 'zod';
import { oneOrMore } from '../wording/counted.ts';

/** Returns a name for a schema, to be used instead of its description. */
type Naming = (schema: z.core.$ZodType) => string | undefined;

/**
 * Describes what a schema allows, in a few words: `a number above 0`, `a list of at least 4 numbers`.
 * @param named returns names for schemas that are described elsewhere
 */
export function describeSchema(schema: z.core.$ZodType, named: Naming = () => undefined): string {
  const name = named(schema);
  if (name !== undefined) return name;
  const describe = (part: z.core.$ZodType) => describeSchema(part, named);
  if (schema instanceof z.ZodNumber) return number(schema);
  if (schema instanceof z.ZodString) return 'a text';
  if (schema instanceof z.ZodBoolean) return 'true or false';
  if (schema instanceof z.ZodEnum) return either(schema.options.map(String));
  if (schema instanceof z.ZodLiteral) return either([...schema.values].map(String));
  if (schema instanceof z.ZodArray) return `a list of ${length(schema)}${plural(describe(schema.element))}`;
  if (schema instanceof z.ZodTuple) return `a list of ${schema.def.items.length}: ${items(schema)}`;
  if (schema instanceof z.ZodObject) return object(Object.keys(schema.shape));
  if (schema instanceof z.ZodRecord) return `a mapping of names to ${plural(describe(schema.valueType))}`;
  if (schema instanceof z.ZodUnion) return union(schema, describe);
  const inner = innerSchema(schema);
  return inner ? describe(inner) : 'another value';
}

/** Returns the words that a value may be, or have as its only key, as candidates for correcting a typing error. */
export function wordsOf(schema: z.core.$ZodType): string[] {
  if (schema instanceof z.ZodEnum) return schema.options.map(String);
  if (schema instanceof z.ZodLiteral) return [...schema.values].map(String);
  if (schema instanceof z.ZodObject) return Object.keys(schema.shape);
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((option) => wordsOf(option));
  const inner = innerSchema(schema);
  return inner ? wordsOf(inner) : [];
}

/** Returns the schema inside an optional, default, transforming or similar schema. */
function innerSchema(schema: z.core.$ZodType): z.core.$ZodType | undefined {
  const def = schema._zod.def as { innerType?: z.core.$ZodType; in?: z.core.$ZodType };
  return def.innerType ?? def.in;
}

interface Bound {
  readonly check: string;
  readonly value?: number | bigint;
  readonly inclusive?: boolean;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly length?: number;
}

const checks = (schema: z.core.$ZodType): Bound[] =>
  (schema._zod.def.checks ?? []).map((check) => check._zod.def as unknown as Bound);

function number(schema: z.ZodNumber): string {
  const bounds = checks(schema);
  const integer = bounds.some(({ check }) => check === 'number_format') || schema.isInt;
  const limit = (kind: string) =>
    bounds.find(({ check, value }) => check === kind && Number.isFinite(Number(value)));
  const low = limit('greater_than');
  const high = limit('less_than');
  const what = integer ? 'an integer' : 'a number';
  if (low?.inclusive && high?.inclusive) return `${what} from ${low.value} to ${high.value}`;
  const limits = [
    ...(low ? [low.inclusive ? `of at least ${low.value}` : `above ${low.value}`] : []),
    ...(high ? [high.inclusive ? `of at most ${high.value}` : `below ${high.value}`] : []),
  ];
  return [what, limits.join(' and ')].filter(Boolean).join(' ');
}

function length(schema: z.ZodArray): string {
  const bounds = checks(schema);
  const exact = bounds.find((bound) => bound.check === 'length_equals')?.length;
  const low = bounds.find((bound) => bound.check === 'min_length')?.minimum;
  const high = bounds.find((bound) => bound.check === 'max_length')?.maximum;
  if (exact !== undefined) return `${exact} `;
  if (low !== undefined && high !== undefined) return `${low} to ${high} `;
  if (low === 1) return 'one or more ';
  if (low !== undefined) return `at least ${low} `;
  return high === undefined ? '' : `at most ${high} `;
}

const items = (schema: z.ZodTuple): string => {
  const kinds = schema.def.items.map((item) => describeSchema(item));
  return new Set(kinds).size === 1 ? `each ${kinds[0]}` : kinds.join(', ');
};

/** Returns the keys of which a mapping has exactly one, if a union has that form (`oneOfKeys`). */
export function alternativeKeys({ options }: z.ZodUnion): readonly string[] | undefined {
  const only = options.map((option) => (option instanceof z.ZodObject ? Object.keys(option.shape) : []));
  return options.length > 1 && only.every((keys) => keys.length === 1) ? only.flat() : undefined;
}

function union(schema: z.ZodUnion, describe: (option: z.core.$ZodType) => string): string {
  const alternatives = alternativeKeys(schema);
  if (alternatives) return `a mapping with exactly one of the keys ${alternatives.join(', ')}`;
  return either([...new Set(schema.options.map(describe))]);
}

const object = (keys: readonly string[]): string =>
  keys.length === 0
    ? 'an empty mapping'
    : `a mapping with the ${oneOrMore(keys.length, 'key', 'keys')} ${keys.join(', ')}`;

const either = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;

const plural = (one: string): string =>
  one.startsWith('a mapping')
    ? one.replace('a mapping', 'mappings')
    : one.replace(/(^| or )an? (number|integer|text|list)/g, '$1$2s');
