import { fileURLToPath } from 'node:url';
import { readdirSync } from 'node:fs';
import { z } from 'zod';
import { InputError } from '../../contracts/input-error.ts';
import { didYouMean } from '../../plugins/nearest-name.ts';
import { packageRoot } from '../../plugins/places.ts';
import { check } from '../check.ts';
import { plainValue, readYaml } from '../yaml-text.ts';
import { InlineOrgans, OrgansFile } from './organs-file.ts';

const folder = new URL('configs/organs/', packageRoot);

/** The organs of virtual volunteers: the name of a file in `configs/organs/`, or the organs themselves. */
export const Organs = z
  .union([z.string().min(1), InlineOrgans])
  .transform(async (organs, context): Promise<OrgansFile> => {
    if (typeof organs !== 'string') return organs;
    try {
      return await readOrgans(organs);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      context.issues.push({ code: 'custom', message: error.message, input: organs });
      return z.NEVER;
    }
  })
  .meta({ id: 'Organs' });
export type Organs = z.output<typeof Organs>;

async function readOrgans(name: string): Promise<OrgansFile> {
  const known = readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => file.slice(0, -'.yaml'.length))
    .sort();
  if (!known.includes(name)) {
    throw new InputError(`unknown organs ${name}; allowed: ${known.join(', ')}${didYouMean(name, known)}`);
  }
  const yaml = await readYaml(fileURLToPath(new URL(`${name}.yaml`, folder)));
  const organs = await check(OrgansFile, plainValue(yaml), ({ path, atKey }) => yaml.where(path, atKey));
  if (organs.name === name) return organs;
  throw new InputError(`${yaml.where(['name'])}: name: found ${organs.name}; allowed: ${name}, as the file`);
}
