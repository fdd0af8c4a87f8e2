import { Document } from 'yaml';
import { z, type ZodType } from 'zod';
import { applySetting, parseSetting } from '../config/apply-set.ts';
import { check } from '../config/check.ts';
import type { Problem } from '../config/problems.ts';
import type { Fitter } from '../contracts/fitter.ts';
import { InputError } from '../contracts/input-error.ts';

/**
 * Parses a fitter's settings from `path=value` assignments with YAML values; dots in a path separate nested keys:
 * `prior.f.a=2`, `prior={f: {a: 2, b: 5}}`.
 * @throws InputError naming the assignment, what was found and what is allowed
 */
export async function fitterSettings<S>(
  name: string,
  fitter: Fitter<S>,
  assignments: readonly string[],
): Promise<S> {
  const settings = assignments.map(parseSetting);
  const document = new Document({});
  const nowhere = { file: '', document, at: () => '', where: () => '', attribute: () => {} };
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
 * Rejects settings that a saved model fixes, since they would be ignored.
 * @throws InputError naming the first one
 */
export function refuseDecidedSettings(name: string, fitter: Fitter, assignments: readonly string[]): void {
  const { settingsWithModel } = fitter;
  if (!settingsWithModel) return;
  for (const { text, path } of assignments.map(parseSetting)) {
    if (settingsWithModel.includes(path[0])) continue;
    const allowed =
      settingsWithModel.length > 0
        ? `with --model, allowed: ${settingsWithModel.join(', ')}`
        : 'leave out one';
    throw new InputError(`--set ${text}: the saved model fixes ${path[0]} of ${name}; ${allowed}`);
  }
}

/** Returns the settings that affect the estimates: with a saved model, those it does not fix. */
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
