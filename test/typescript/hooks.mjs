import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { currentlyCompiled, options } from './compiled.mjs';

const none = new URL('no-loader.mjs', import.meta.url).href;

/** The module that starts a worker registers tsx, which would read everything once more. */
export function resolve(specifier, context, next) {
  const boots = specifier === 'tsx/esm/api' && /boot\.mjs$/.test(context.parentURL ?? '');
  return boots ? { url: none, shortCircuit: true } : next(specifier, context);
}

/** Reads TypeScript as it was compiled; what has changed since or lies elsewhere is compiled now. */
export async function load(url, context, next) {
  const { protocol, pathname, search } = new URL(url);
  // Plug-ins that tsx imports in a namespace of its own, it reads itself.
  const itsOwn = /[?&]tsx-namespace=/.test(search);
  if (protocol !== 'file:' || !pathname.endsWith('.ts') || itsOwn) return next(url, context);
  const file = fileURLToPath(url);
  const compiled = currentlyCompiled(file);
  const source = compiled === null ? await compile(file) : readFileSync(compiled);
  return { format: 'module', source, shortCircuit: true };
}

async function compile(file) {
  const { transform } = await import('esbuild');
  const text = readFileSync(file, 'utf8');
  return (await transform(text, { ...options, loader: 'ts', sourcefile: file })).code;
}
