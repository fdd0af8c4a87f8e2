import { Document } from 'yaml';
import { z, type ZodType } from 'zod';
import { applySetting, parseSetting } from '../config/apply-set.ts';
import { check } from '../config/check.ts';
import type { Problem } from '../config/problems.ts';
import type { Fitter } from '../contracts/fitter.ts';

/**
 * A fitter's settings from `path=value` words, dots in the path going deeper and the value being YAML:
 * `prior.f.a=2`, `prior={f: {a: 2, b: 5}}`.
 * @throws InputError naming the word, what was found and what is allowed
 */
export async function fitterSettings<S>(
  name: string,
  fitter: Fitter<S>,
  assignments: readonly string[],
): Promise<S> {
  const settings = assignments.map(parseSetting);
  const document = new Document({});
  const nowhere = { file: '', document, where: () => '', attribute: () => {} };
  for (const setting of settings) applySetting(nowhere, setting);
  const where = ({ path }: Problem) => {
    const key = path.join('.');
    const about = settings.findLast(
      (each) => isPrefix(each.path.join('.'), key) || isPrefix(key, each.path.join('.')),
    );
    return about ? `--set ${about.text} (fitter ${name})` : `fitter ${name}`;
  };
  const schema = fitter.settings ?? (z.strictObject({}) as unknown as ZodType<S>);
  return check(schema, document.toJS(), where);
}

const isPrefix = (short: string, long: string): boolean => long === short || long.startsWith(short + '.');
