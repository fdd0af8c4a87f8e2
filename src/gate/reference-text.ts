import { z } from 'zod';
import type { Reference } from './reference.ts';

/** A number, or one of the values that JSON can't represent. */
const Numeric = z.union([z.number(), z.literal('NaN').transform(() => NaN)]);
const Words = z.record(z.string(), z.string());
const Git = z.strictObject({ commit: z.string(), dirty: z.boolean() }).nullable();
const Factors = z.record(z.string(), z.union([z.string(), z.number()]));
const Id = {
  experiment: z.string(),
  method: z.string(),
  factors: Factors,
  parameter: z.enum(['', 'D', 'f', 'Dp']),
  metric: z.string(),
  n: z.number(),
};

/** In version 0.1 the method was called `fitter`. */
function withMethod(entry: unknown): unknown {
  if (typeof entry !== 'object' || entry === null || !('fitter' in entry)) return entry;
  const { fitter, ...rest } = entry;
  return { method: fitter, ...rest };
}

const Accepted = z.strictObject({
  format: z.literal(1),
  name: z.string(),
  accepted: z.string(),
  versions: Words,
  git: Git,
  platform: z.string(),
  arithmetic: z.string().nullable(),
  engines: Words,
  seeds: z.record(z.string(), z.number()),
  experiment: z.string(),
  configHash: z.string(),
  config: z.json(),
  trainings: z.record(z.string(), z.array(z.number())),
  figures: z
    .array(
      z.preprocess(
        withMethod,
        z.discriminatedUnion('kind', [
          z.strictObject({ ...Id, kind: z.literal('deterministic'), value: Numeric }),
          z.strictObject({ ...Id, kind: z.literal('trained'), values: z.array(Numeric).min(1) }),
        ]),
      ),
    )
    .min(1),
  times: z.array(
    z.preprocess(
      withMethod,
      z.strictObject({ experiment: z.string(), method: z.string(), factors: Factors, ratio: z.number() }),
    ),
  ),
  kept: z.record(z.string(), z.strictObject({ accepted: z.string(), git: Git })).exactOptional(),
});

/** Encodes JSON with one value per line, so that a diff shows each change separately. */
export function encodeReference({ values, times, config, seeds, trainings, ...head }: Reference): string {
  const list = (items: readonly object[]): string =>
    items.length === 0 ? '[]' : `[\n${items.map((item) => '  ' + line(item)).join(',\n')}\n ]`;
  const start = JSON.stringify(head, null, 1).replace(/\n}$/, '');
  return `${start},\n "config": ${line(config)},\n "seeds": ${line(seeds)},\n "trainings": ${line(trainings)},\n "times": ${list(times)},\n "figures": ${list(values)}\n}\n`;
}

/**
 * Decodes the text of `encodeReference`.
 * @throws Error with the fault in one line, if the text has another form
 */
export function decodeReference(text: string): Reference {
  const parsed = Accepted.safeParse(JSON.parse(text));
  if (parsed.success) {
    const { figures, ...rest } = parsed.data;
    return { ...rest, values: figures };
  }
  const [{ path, message }] = parsed.error.issues;
  throw new Error(`${path.join('.') || 'the whole'}: ${message}`);
}

const line = (value: unknown): string =>
  JSON.stringify(value, (_key, entry: unknown) => (Number.isNaN(entry) ? 'NaN' : entry));
