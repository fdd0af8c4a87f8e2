import { existsSync, readFileSync } from 'node:fs';

export interface InstalledPackage {
  readonly name: string;
  readonly version: string;
}

/** Finds the installed package that `specifier` resolves to when imported from `from`; null if there is none. */
export function installedPackage(specifier: string, from: URL): InstalledPackage | null {
  const name = /^(@[^/]+\/)?[^/]+/.exec(specifier)?.[0];
  if (name === undefined) return null;
  let folder = new URL('./', from);
  for (;;) {
    const file = new URL(`node_modules/${name}/package.json`, folder);
    if (existsSync(file)) {
      return { name, version: (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version };
    }
    const parent = new URL('../', folder);
    if (parent.href === folder.href) return null;
    folder = parent;
  }
}
