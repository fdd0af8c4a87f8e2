import { z } from 'zod';
import { protocolNames } from '../../plugins/discover.ts';
import { readProtocol } from '../read-protocol.ts';
import { Protocol } from './protocol.ts';
import type { ProtocolFile } from './protocol-file.ts';

/** Several protocols, each as `protocol` has it, or `all` that are kept with the program. */
export const Protocols = z
  .union([z.literal('all'), z.array(Protocol).min(1)])
  .transform(async (protocols): Promise<readonly ProtocolFile[]> =>
    protocols === 'all' ? Promise.all(protocolNames().map(readProtocol)) : protocols,
  )
  .superRefine((protocols, context) => {
    protocols.forEach(({ name }, i) => {
      if (protocols.findIndex((other) => other.name === name) === i) return;
      const message = `found a second protocol called ${name}; allowed: each name once`;
      context.addIssue({ code: 'custom', path: [i], message });
    });
  })
  .describe('a list of protocols, or all that are kept with the program');
export type Protocols = z.output<typeof Protocols>;
