import { InputError } from '../contracts/input-error.ts';
import { moduleExtension, packageRoot } from './places.ts';

type Exports = Readonly<Record<string, unknown>>;

/**
 * Imports a plug-in's module. A plug-in may be TypeScript even where this program runs compiled, and may lie in a
 * folder whose package.json calls its files CommonJS, as `npm init` does.
 * @throws InputError where the file is not a module that can be loaded; `who` names the plug-in
 */
export async function importModule(module: URL, who: string): Promise<Exports> {
  try {
    return flatten(await load(module));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new InputError(`${who}: ${module.pathname} could not be loaded: ${oneLine(reason)}`, {
      cause: error,
    });
  }
}

/** Our own modules as the program itself was loaded; TypeScript from elsewhere by a loader that knows both module kinds. */
async function load(module: URL): Promise<Exports> {
  const typeScript = /\.[cm]?ts$/.test(module.pathname);
  const ours = moduleExtension === '.ts' && module.href.startsWith(packageRoot.href);
  if (!typeScript || ours) return (await import(module.href)) as Exports;
  const { href } = withoutQuery(module);
  let loading = foreignModules.get(href);
  if (!loading) {
    const { tsImport } = await import('tsx/esm/api');
    loading = tsImport(href, import.meta.url) as Promise<Exports>;
    foreignModules.set(href, loading);
  }
  return loading;
}

/** The loader adds a query to `import.meta.url`, by which tasks name their module, and finds no file by it in another thread. */
function withoutQuery(module: URL): URL {
  const file = new URL(module);
  file.search = '';
  return file;
}

/** Cached, since this loader would load the file and all its imports again each time. */
const foreignModules = new Map<string, Promise<Exports>>();

/** An ES module that was taken for CommonJS has its exports under `default`, marked as what they are. */
function flatten(exports: Exports): Exports {
  const inner = exports['default'];
  return typeof inner === 'object' && inner !== null && '__esModule' in inner ? inner : exports;
}

/** The first line, and the next where that is what it announces: `Transform failed with 1 error:`. */
function oneLine(text: string): string {
  const [first, second] = text.split('\n', 2);
  return first.endsWith(':') && second ? `${first} ${second.trim()}` : first;
}
