import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { init, parse } from 'es-module-lexer';
import { transform } from 'esbuild';
import { packageRoot } from '../plugins/places.ts';
import { installedPackage } from './installed-package.ts';

/** A module together with everything it imports from its project. */
export interface CodeVersion {
  /** Hash of the code of all files and the versions of all packages; independent of where the files are. */
  readonly hash: string;
  /** Path of each file, relative to its project, or name of a package, to its own hash or version. */
  readonly parts: Readonly<Record<string, string>>;
}

/** Files that a module refers to without importing them, such as compiled kernels and weights. Only existing files count. */
const REFERENCES = [
  /\bnew URL\(\s*["'`](\.[^"'`\n]+)["'`]\s*,\s*import\.meta\.url/g,
  /["'`](\.{1,2}\/[^"'`\n]+\.(?!d\.ts|[cm]?[jt]s["'`])\w+)["'`]/g,
];

/** Packages that are loaded by a `require` that the module has made for itself. */
const REQUIRED = /\brequire\(\s*["'`]([^"'`\n]+)["'`]\s*\)/g;

/**
 * Versions of code. A version covers a module and everything it imports, except types. Each file counts as the compiler's
 * output without comments and layout, so that rewording a comment changes no version.
 */
export class CodeVersions {
  readonly #files: Map<string, Promise<SourceFile>>;
  readonly #versions = new Map<string, Promise<CodeVersion>>();

  /**
   * @param known versions of the same program, reused instead of reading the files again
   * @param changed `file:` URLs of the files that have changed since
   */
  constructor(known?: CodeVersions, changed: readonly string[] = []) {
    this.#files = new Map(known ? known.#files : []);
    for (const href of changed) this.#files.delete(href);
  }

  of(module: string): Promise<CodeVersion> {
    let version = this.#versions.get(module);
    if (!version) {
      version = this.#collect(new URL(module));
      this.#versions.set(module, version);
    }
    return version;
  }

  async #collect(module: URL): Promise<CodeVersion> {
    const seen = new Set<string>();
    const parts: Record<string, string> = {};
    // By content and relative location: the same code has the same version wherever it is installed.
    const contents = new Set<string>();
    const root = withoutSearch(sourceOf(module)).href;
    const folder = dirname(fileURLToPath(root));
    const visit = async (href: string): Promise<void> => {
      if (seen.has(href)) return;
      seen.add(href);
      const file = await this.#read(href);
      parts[file.name] = file.hash;
      // By its path beside the module, independent of the module's own name: `../signal/rician.ts`.
      contents.add(`${href === root ? '' : relative(folder, file.path)} ${file.hash}`);
      for (const { name, version } of file.packages) {
        parts[name] = version;
        contents.add(`${name}@${version}`);
      }
      await Promise.all(file.imports.map(visit));
    };
    await visit(root);
    return { hash: hashText([...contents].sort().join('\n')), parts };
  }

  #read(href: string): Promise<SourceFile> {
    let file = this.#files.get(href);
    if (!file) {
      file = readSource(new URL(href));
      this.#files.set(href, file);
    }
    return file;
  }
}

interface SourceFile {
  readonly path: string;
  /** See `nameOf`. */
  readonly name: string;
  readonly hash: string;
  /** `file:` URLs without search and hash. */
  readonly imports: readonly string[];
  readonly packages: readonly { readonly name: string; readonly version: string }[];
}

async function readSource(url: URL): Promise<SourceFile> {
  const bytes = await readFile(url);
  const place = { path: fileURLToPath(url), name: nameOf(url.href) };
  const loader = /\.([cm]?)([jt]s)$/.exec(url.pathname)?.[2] as 'js' | 'ts' | undefined;
  if (!loader) return { ...place, hash: hashText(bytes), imports: [], packages: [] };
  const code = await codeOf(bytes.toString('utf8'), loader);
  if (code === null) return { ...place, hash: hashText(bytes), imports: [], packages: [] };
  const imports: string[] = [];
  const packages: { name: string; version: string }[] = [];
  for (const specifier of await specifiersIn(code)) {
    if (specifier.startsWith('node:')) continue;
    if (/^\.{0,2}\//.test(specifier) || specifier.startsWith('file:')) {
      const target = new URL(specifier, url);
      if (existsSync(target) && !target.pathname.endsWith('/')) imports.push(withoutSearch(target).href);
    } else {
      const found = installedPackage(specifier, url);
      if (found) packages.push(found);
    }
  }
  return { ...place, hash: hashText(code), imports, packages };
}

/** Returns the code without types, comments and layout; null if it can't be parsed, which importing it will report. */
async function codeOf(source: string, loader: 'js' | 'ts'): Promise<string | null> {
  try {
    const { code } = await transform(source, {
      loader,
      target: 'esnext',
      minifyWhitespace: true,
      legalComments: 'none',
      tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } },
    });
    return code;
  } catch {
    return null;
  }
}

async function specifiersIn(code: string): Promise<string[]> {
  // oxlint-disable-next-line typescript/await-thenable -- typed as void, but a promise in builds that use WebAssembly
  await init;
  const [imports] = parse(code);
  const named = imports.map(({ specifier }) => specifier).filter((name) => typeof name === 'string');
  return [
    ...named,
    ...[...REFERENCES, REQUIRED].flatMap((pattern) => [...code.matchAll(pattern)].map((match) => match[1])),
  ];
}

/** Returns the TypeScript source of a compiled module of a checkout, so that versions are the same built and not. */
function sourceOf(module: URL): URL {
  const compiled = new URL('dist/', packageRoot).href;
  if (!module.href.startsWith(compiled)) return module;
  const source = new URL(module.href.slice(compiled.length).replace(/\.js($|\?)/, '.ts$1'), packageRoot);
  return existsSync(source) ? source : module;
}

/** `src/fitters/map.ts` for a file of this program; otherwise the path relative to the current folder, or the absolute path. */
function nameOf(href: string): string {
  if (href.startsWith(packageRoot.href)) return decodeURIComponent(href.slice(packageRoot.href.length));
  const path = fileURLToPath(href);
  const near = relative(process.cwd(), path);
  return near.startsWith('..') ? path : `./${near}`;
}

function withoutSearch(url: URL): URL {
  const plain = new URL(url);
  plain.search = '';
  plain.hash = '';
  return plain;
}

const hashText = (content: string | Uint8Array): string =>
  createHash('sha256').update(content).digest('hex').slice(0, 32);
