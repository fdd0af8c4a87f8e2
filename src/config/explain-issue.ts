import { z } from 'zod';
import { didYouMean } from '../plugins/nearest-name.ts';
import { describeSchema, wordsOf } from './describe-schema.ts';
import { showValue } from './show-value.ts';

/**
 * Zod's error map: reports what was found, what is allowed, and the nearest valid word.
 * @param keysBeside keys that are allowed in this value besides those of the schema
 */
export function explainIssue(
  issue: z.core.$ZodRawIssue,
  keysBeside: readonly string[] = [],
): string | undefined {
  if (issue.code === 'custom') return issue.message;
  const schema = schemaOf(issue);
  if (issue.code === 'unrecognized_keys') return unknownKeys(issue.keys, schema, keysBeside);
  const allowed = allowedBy(issue, schema);
  if (issue.input === undefined) return `missing; allowed: ${allowed}`;
  return `found ${showValue(issue.input)}; allowed: ${allowed}${schema ? nearest(issue.input, schema) : ''}`;
}

/** Returns the schema that raised the issue, if it is a schema and not a check. */
function schemaOf(issue: z.core.$ZodRawIssue): z.core.$ZodType | undefined {
  const { schema, inst } = issue as { schema?: z.core.$ZodType; inst?: z.core.$ZodType };
  return schema ?? (inst && '_zod' in inst && 'parse' in inst._zod ? inst : undefined);
}

/** Of many unknown keys only the first are compared with all allowed ones. */
const MOST_EXPLAINED = 20;

/** One line per key. */
function unknownKeys(
  keys: readonly string[],
  schema: z.core.$ZodType | undefined,
  beside: readonly string[],
): string {
  const known = [...beside, ...(schema instanceof z.ZodObject ? Object.keys(schema.shape) : [])];
  const allowed = known.length > 0 ? `allowed: ${known.join(', ')}` : 'allowed: no keys';
  return keys
    .map((key, i) => `unknown key ${key}${i < MOST_EXPLAINED ? `; ${allowed}${didYouMean(key, known)}` : ''}`)
    .join('\n');
}

function allowedBy(issue: z.core.$ZodRawIssue, schema: z.core.$ZodType | undefined): string {
  if (schema) return describeSchema(schema);
  return issue.code === 'invalid_type' ? String(issue.expected) : 'another value';
}

function nearest(found: unknown, schema: z.core.$ZodType): string {
  const words = wordsOf(schema);
  if (typeof found === 'string') return didYouMean(found, words);
  if (typeof found !== 'object' || found === null || Array.isArray(found)) return '';
  const keys = Object.keys(found).filter((key) => !words.includes(key));
  return keys.map((key) => didYouMean(key, words)).find((text) => text !== '') ?? '';
}
