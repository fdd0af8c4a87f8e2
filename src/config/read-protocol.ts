import { fileURLToPath } from 'node:url';
import { InputError } from '../contracts/input-error.ts';
import { protocolFile } from '../plugins/discover.ts';
import { check } from './check.ts';
import { ProtocolFile } from './sections/protocol-file.ts';
import { plainValue, readYaml } from './yaml-text.ts';

/**
 * A protocol kept with the program.
 * @throws InputError where there is none of that name or its file is wrong
 */
export async function readProtocol(name: string): Promise<ProtocolFile> {
  const yaml = await readYaml(fileURLToPath(protocolFile(name)));
  const protocol = await check(ProtocolFile, plainValue(yaml), ({ path, atKey }) => yaml.where(path, atKey));
  if (protocol.name !== name) {
    throw new InputError(
      `${yaml.where(['name'])}: name: found ${protocol.name}; allowed: ${name}, as the file`,
    );
  }
  return protocol;
}
