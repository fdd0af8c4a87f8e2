import { readFileSync } from 'node:fs';
import { packageRoot } from '../plugins/places.ts';
import { installedPackage } from './installed-package.ts';

/** Packages whose version may affect a number or a picture. */
const RECORDED = ['@tensorflow/tfjs', '@tensorflow/tfjs-node', 'vega', 'vega-lite', 'zod'];

/** Returns the versions of this program, of Node and of the packages that affect results. */
export function programVersions(): Record<string, string> {
  const own = JSON.parse(readFileSync(new URL('package.json', packageRoot), 'utf8')) as { version: string };
  const versions: Record<string, string> = { 'ivim-bench': own.version, node: process.versions.node };
  for (const name of RECORDED) {
    const found = installedPackage(name, packageRoot);
    if (found) versions[name] = found.version;
  }
  return versions;
}
