import { z } from 'zod';
import { InputError } from '../../contracts/input-error.ts';
import { readProtocol } from '../read-protocol.ts';
import { ProtocolFile } from './protocol-file.ts';

/** A protocol in a config: its name and source have defaults, which those of a file have not. */
export const InlineProtocol = ProtocolFile.extend({
  name: z.string().min(1).default('inline').describe('name in tables and figures'),
  source: z.string().min(1).default('given in the config').describe('where the protocol was published'),
});

/** A protocol: the name of a file in `configs/protocols/`, or its b-values. */
export const Protocol = z
  .union([z.string().min(1), InlineProtocol])
  .transform(async (protocol, context): Promise<ProtocolFile> => {
    if (typeof protocol !== 'string') return protocol;
    try {
      return await readProtocol(protocol);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      context.issues.push({ code: 'custom', message: error.message, input: protocol });
      return z.NEVER;
    }
  })
  .meta({ id: 'Protocol', description: 'protocol: a name, the path of a file, or its b-values' });
export type Protocol = z.output<typeof Protocol>;
