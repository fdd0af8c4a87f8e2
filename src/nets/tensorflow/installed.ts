import { existsSync, readdirSync } from 'node:fs';
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
