import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/**
 * Returns the fastest TensorFlow engine whose files are installed. Only checks for the files, since loading one takes most of a
 * second.
 */
export function installedTensorFlow(): 'node' | 'wasm' | 'none' {
  if (nativeBinding()) return 'node';
  return folderOf('@tensorflow/tfjs-backend-wasm') ? 'wasm' : 'none';
}

/** Returns the version of an installed package of TensorFlow.js; `missing` if it is not installed. */
export function installedVersion(name: string): string {
  const folder = folderOf(name);
  if (folder === undefined) return 'missing';
  return (JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }).version;
}

function nativeBinding(): boolean {
  const folder = folderOf('@tensorflow/tfjs-node');
  if (!folder || !existsSync(join(folder, 'lib'))) return false;
  return readdirSync(join(folder, 'lib')).some((api) =>
    existsSync(join(folder, 'lib', api, 'tfjs_binding.node')),
  );
}

function folderOf(name: string): string | undefined {
  try {
    return dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));
  } catch {
    return undefined;
  }
}
