import { existsSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { InputError } from '../contracts/input-error.ts';
import { protocolFile } from '../plugins/discover.ts';
import { configFolder } from './config-folder.ts';
import { readKept } from './read-kept.ts';
import { ProtocolFile } from './sections/protocol-file.ts';

/** Whether a protocol is given by the path of its file. */
export const isProtocolPath = (nameOrPath: string): boolean => /[\\/]|\.ya?ml$/.test(nameOrPath);

/**
 * Reads a protocol: by name if it is shipped with the program, or by path, relative to the folder of the config.
 * @throws InputError if there is no such protocol or its file is invalid
 */
export async function readProtocol(nameOrPath: string): Promise<ProtocolFile> {
  if (!isProtocolPath(nameOrPath)) return readKept(protocolFile(nameOrPath), nameOrPath, ProtocolFile);
  const file = resolve(fileURLToPath(configFolder()), nameOrPath);
  if (!existsSync(file)) throw new InputError(`protocol ${nameOrPath}: there is no file ${file}`);
  return readKept(pathToFileURL(file), protocolName(file), ProtocolFile);
}

/** Returns the name that a protocol in a file must have. */
export const protocolName = (file: string): string => basename(file).replace(/\.ya?ml$/, '');
