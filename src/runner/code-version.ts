import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { packageRoot } from '../plugins/places.ts';
import { installedPackage } from './installed-package.ts';

/**
 * Import and export from a string, also dynamic; URLs beside the module; and whatever else it names relative to itself
 * that is no module (compiled kernels, say). Only files that are there count.
 */
const REFERENCES = [
  /\b(?:import|export)\s+(?!type\b)(?:[\w*{}\s,$]+?\bfrom\s*)?['"]([^'"\n]+)['"]/g,
  /\bimport\s*\(\s*['"]([^'"\n]+)['"]/g,
  /\bnew\s+URL\(\s*['"](\.[^'"\n]+)['"]\s*,\s*import\.meta\.url/g,
  /['"](\.{1,2}\/[^'"\n]+\.(?!d\.ts|[cm]?[jt]s['"])\w+)['"]/g,
];

/**
 * Versions of code: the hash of a module's source and of everything it imports from its project, with the versions
 * of the packages they import. Where things lie makes no difference, so that two checkouts agree.
 */
export class CodeVersions {
  readonly #files = new Map<string, SourceFile>();
  readonly #versions = new Map<string, string>();

  of(module: URL): string {
    let version = this.#versions.get(module.href);
    if (version === undefined) {
      version = this.#hash(module);
      this.#versions.set(module.href, version);
    }
    return version;
  }

  #hash(module: URL): string {
    const seen = new Set<string>();
    const parts = new Set<string>();
    const open = [sourceOf(module)];
    for (let url = open.pop(); url; url = open.pop()) {
      if (seen.has(url.href)) continue;
      seen.add(url.href);
      const file = this.#read(url);
      parts.add(file.hash);
      for (const name of file.packages) parts.add(name);
      open.push(...file.imports);
    }
    return createHash('sha256')
      .update([...parts].sort().join('\n'))
      .digest('hex')
      .slice(0, 32);
  }

  #read(url: URL): SourceFile {
    let file = this.#files.get(url.href);
    if (!file) {
      file = readSource(url);
      this.#files.set(url.href, file);
    }
    return file;
  }
}

/** The TypeScript behind a compiled module of a checkout, so that a checkout has the same versions built and not. */
function sourceOf(module: URL): URL {
  const compiled = new URL('dist/', packageRoot).href;
  if (!module.href.startsWith(compiled)) return module;
  const source = new URL(module.href.slice(compiled.length).replace(/\.js$/, '.ts'), packageRoot);
  return existsSync(source) ? source : module;
}

interface SourceFile {
  readonly hash: string;
  readonly imports: readonly URL[];
  /** `name@version` */
  readonly packages: readonly string[];
}

function readSource(url: URL): SourceFile {
  const bytes = readFileSync(url);
  const hash = createHash('sha256').update(bytes).digest('hex');
  if (!/\.[cm]?[jt]s$/.test(url.pathname)) return { hash, imports: [], packages: [] };
  const imports: URL[] = [];
  const packages: string[] = [];
  for (const specifier of references(bytes.toString('utf8'))) {
    if (specifier.startsWith('node:')) continue;
    if (/^\.{0,2}\//.test(specifier) || specifier.startsWith('file:')) {
      const target = new URL(specifier, url);
      // A reference in a comment or to a folder is none to a file.
      if (existsSync(target) && !target.pathname.endsWith('/')) imports.push(target);
    } else {
      const found = installedPackage(specifier, url);
      if (found) packages.push(`${found.name}@${found.version}`);
    }
  }
  return { hash, imports, packages };
}

function references(source: string): string[] {
  return REFERENCES.flatMap((pattern) => [...source.matchAll(pattern)].map((match) => match[1]));
}
