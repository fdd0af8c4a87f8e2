import { protocolFile } from '../plugins/discover.ts';
import { readKept } from './read-kept.ts';
import { ProtocolFile } from './sections/protocol-file.ts';

/**
 * A protocol kept with the program.
 * @throws InputError where there is none of that name or its file is wrong
 */
export const readProtocol = async (name: string): Promise<ProtocolFile> =>
  readKept(protocolFile(name), name, ProtocolFile);
