import { existsSync } from 'node:fs';
import { parseDocument } from 'yaml';
import { check } from '../config/check.ts';
import { Tissue } from '../config/sections/tissue.ts';
import { plainValue, readYaml } from '../config/yaml-text.ts';
import type { TissuePrior } from '../contracts/fitter.ts';
import { InputError } from '../contracts/input-error.ts';

/**
 * Reads the distribution of the tissue parameters from `--tissue`: YAML like `{D: {uniform: [0.0005, 0.002]}, f: …, Dp: …}`, or
 * a YAML file that contains it at the top level, as `tissue`, or as `data.tissue` (a config).
 * @throws InputError if it is not found there
 */
export async function readTissue(given: string): Promise<TissuePrior> {
  if (existsSync(given)) {
    const yaml = await readYaml(given);
    const whole = plainValue(yaml);
    const places = [['data', 'tissue'], ['tissue'], []];
    const place = places.find((path) => member(whole, path) !== undefined)!;
    return check(Tissue, member(whole, place), ({ path, atKey }) => yaml.where([...place, ...path], atKey));
  }
  const document = parseDocument(given, { prettyErrors: false, logLevel: 'error' });
  if (document.errors.length > 0 || !/[{:]/.test(given)) {
    throw new InputError(
      `--tissue ${given}: neither a file nor YAML such as {D: {uniform: [0.0005, 0.002]}, f: …, Dp: …}`,
    );
  }
  return check(Tissue, document.toJS(), () => '--tissue');
}

function member(value: unknown, path: readonly string[]): unknown {
  return path.reduce(
    (at, key) => (typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[key] : undefined),
    value,
  );
}
