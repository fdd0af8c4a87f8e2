import { readFileSync } from 'node:fs';
import { packageRoot } from '../plugins/places.ts';
import { installedPackage } from './installed-package.ts';

/** Packages whose version may decide a number or a picture. */
const TOLD = ['@tensorflow/tfjs', '@tensorflow/tfjs-node', 'vega', 'vega-lite', 'zod'];

/** Versions of this program, of Node and of the packages that matter. */
export function programVersions(): Record<string, string> {
  const own = JSON.parse(readFileSync(new URL('package.json', packageRoot), 'utf8')) as { version: string };
  const versions: Record<string, string> = { 'ivim-bench': own.version, node: process.versions.node };
  for (const name of TOLD) {
    const found = installedPackage(name, packageRoot);
    if (found) versions[name] = found.version;
  }
  return versions;
}
