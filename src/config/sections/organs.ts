import { z } from 'zod';
import { InputError } from '../../contracts/input-error.ts';
import { organsFile } from '../../plugins/discover.ts';
import { readKept } from '../read-kept.ts';
import { InlineOrgans, OrgansFile } from './organs-file.ts';

/** The organs of virtual volunteers: the name of a file in `configs/organs/`, or the organs themselves. */
export const Organs = z
  .union([z.string().min(1), InlineOrgans])
  .transform(async (organs, context): Promise<OrgansFile> => {
    if (typeof organs !== 'string') return organs;
    try {
      return await readKept(organsFile(organs), organs, OrgansFile);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      context.issues.push({ code: 'custom', message: error.message, input: organs });
      return z.NEVER;
    }
  })
  .meta({ id: 'Organs', description: 'organs of virtual volunteers: a name, or the organs themselves' });
export type Organs = z.output<typeof Organs>;
