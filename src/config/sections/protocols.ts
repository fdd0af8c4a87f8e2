import { z } from 'zod';
import { protocolNames } from '../../plugins/discover.ts';
import { readProtocol } from '../read-protocol.ts';
import { PhantomData } from './phantom-data.ts';
import { Protocol } from './protocol.ts';
import type { ProtocolFile } from './protocol-file.ts';
import { Training } from './training.ts';

/** A protocol with its own voxels, for instance of a different anatomy. */
const WithVoxels = z
  .strictObject({
    protocol: Protocol.describe('b-values'),
    data: PhantomData.optional().describe('in place of the `data` of the study'),
    training: Training.optional().describe('in place of the `training` of the study'),
  })
  .transform(({ protocol, ...own }): ProtocolInStudy => ({ protocol, ...own }));

/** One of the protocols of a study. Its own sections replace those of the study. */
export interface ProtocolInStudy {
  readonly protocol: ProtocolFile;
  readonly data?: PhantomData | undefined;
  readonly training?: Training | undefined;
}

/** Several protocols, each given as in `protocol` or with its own voxels, or `all` that are shipped with the program. */
export const Protocols = z
  .union([
    z.literal('all'),
    z.array(z.union([Protocol.transform((protocol): ProtocolInStudy => ({ protocol })), WithVoxels])).min(1),
  ])
  .transform(async (protocols): Promise<readonly ProtocolInStudy[]> => {
    if (protocols !== 'all') return protocols;
    const files = await Promise.all(protocolNames().map(readProtocol));
    return files.map((protocol) => ({ protocol }));
  })
  .superRefine((protocols, context) => {
    const names = protocols.map(({ protocol }) => protocol.name);
    names.forEach((name, i) => {
      if (names.indexOf(name) === i) return;
      const message = `found a second protocol called ${name}; allowed: each name once`;
      context.addIssue({ code: 'custom', path: [i], message });
    });
  })
  .describe('a list of protocols, or all that are kept with the program');
export type Protocols = z.output<typeof Protocols>;
