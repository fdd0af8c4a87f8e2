import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import type { TissuePrior } from '../contracts/fitter.ts';
import { InputError } from '../contracts/input-error.ts';

const range = z.tuple([z.number(), z.number()]).refine(([low, high]) => low < high, 'low must be below high');
const distribution = z.union([
  z.strictObject({ uniform: range }),
  z.strictObject({ logUniform: range.refine(([low]) => low > 0, 'low must be above 0') }),
  z.strictObject({ normal: z.strictObject({ mean: z.number(), sd: z.number().positive() }) }),
  z.strictObject({ constant: z.number() }),
]);
const tissue = z.strictObject({ D: distribution, f: distribution, Dp: distribution });

/**
 * The distribution of the tissue's parameters from `--tissue`: YAML like
 * `{D: {uniform: [0.0005, 0.002]}, f: {uniform: [0.1, 0.4]}, Dp: {uniform: [0.01, 0.1]}}`, or a YAML file that holds it, by itself or as
 * `tissue` or `data.tissue` (a config).
 * @throws InputError where that is not what it holds
 */
export async function readTissue(given: string): Promise<TissuePrior> {
  const isFile = existsSync(given);
  const document = parseDocument(isFile ? await readFile(given, 'utf8') : given, { prettyErrors: false });
  if (document.errors.length > 0) {
    throw new InputError(`--tissue ${given}: not YAML: ${document.errors[0].message}`);
  }
  const held: unknown = document.toJS();
  const parsed = tissue.safeParse(member(member(held, 'data'), 'tissue') ?? member(held, 'tissue') ?? held);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue.path.length > 0 ? ` (${issue.path.join('.')}: ${issue.message})` : '';
  throw new InputError(
    `--tissue ${given}${isFile ? '' : ' (no such file)'}: a distribution for each of D, f and Dp is wanted, ` +
      `such as {D: {uniform: [0.0005, 0.002]}, …}, or a config that has data.tissue${where}`,
  );
}

function member(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}
