import { fileURLToPath } from 'node:url';
import type { z } from 'zod';
import { InputError } from '../contracts/input-error.ts';
import { check } from './check.ts';
import { plainValue, readYaml } from './yaml-text.ts';

/**
 * Reads a YAML file shipped with the program: a protocol, or the organs of virtual volunteers.
 * @param name the name of the file without `.yaml`, which the file must repeat
 * @throws InputError if the file is invalid
 */
export async function readKept<T extends { readonly name: string }>(
  file: URL,
  name: string,
  schema: z.ZodType<T>,
): Promise<T> {
  const yaml = await readYaml(fileURLToPath(file));
  const kept = await check(schema, plainValue(yaml), ({ path, atKey }) => yaml.where(path, atKey));
  if (kept.name === name) return kept;
  throw new InputError(`${yaml.where(['name'])}: name: found ${kept.name}; allowed: ${name}, as the file`);
}
