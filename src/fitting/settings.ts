import { Document } from 'yaml';
import { z, type ZodType } from 'zod';
import { applySetting, parseSetting } from '../config/apply-set.ts';
import { check } from '../config/check.ts';
import type { Problem } from '../config/problems.ts';
import type { Fitter } from '../contracts/fitter.ts';
import { InputError } from '../contracts/input-error.ts';

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

/**
 * Settings beside a saved model that the model has decided already would be passed over.
 * @throws InputError naming the first such word
 */
export function refuseDecidedSettings(name: string, fitter: Fitter, assignments: readonly string[]): void {
  const { settingsWithModel } = fitter;
  if (!settingsWithModel) return;
  for (const { text, path } of assignments.map(parseSetting)) {
    if (settingsWithModel.includes(path[0])) continue;
    const allowed =
      settingsWithModel.length > 0
        ? `beside --model, allowed: ${settingsWithModel.join(', ')}`
        : 'leave out one';
    throw new InputError(`--set ${text}: the saved model has decided ${path[0]} of ${name}; ${allowed}`);
  }
}

/** The settings that had a part in the estimates: beside a saved model, those it has not decided. */
export function settingsThatCount<S>(
  { settingsWithModel }: Fitter<S>,
  settings: S,
  withModel: boolean,
): unknown {
  if (!withModel || !settingsWithModel) return settings;
  return Object.fromEntries(
    Object.entries(settings as object).filter(([key]) => settingsWithModel.includes(key)),
  );
}

const isPrefix = (short: string, long: string): boolean => long === short || long.startsWith(short + '.');
