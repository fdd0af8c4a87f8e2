import { readdirSync, statSync, utimesSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = join(root, 'build', 'tests');

/** Options of esbuild, whether a file is compiled before the tests or when it is read. */
export const options = { format: 'esm', target: 'node20', sourcemap: 'inline', sourcesContent: false };

/**
 * Compiles the TypeScript files that have changed, all together. A process that reads what is compiled starts in two thirds of the
 * processor time that it takes with tsx, and so does each of its workers.
 */
export async function compileTypeScript() {
  const files = ['src', 'experiments', 'scripts', 'test'].flatMap((name) =>
    readdirSync(join(root, name), { recursive: true, encoding: 'utf8' })
      // AssemblyScript is no TypeScript.
      .filter((file) => file.endsWith('.ts') && !file.includes(`assembly${sep}`))
      .map((file) => join(root, name, file)),
  );
  const changed = files.filter((file) => timeOf(file) !== timeOf(compiledFile(file)));
  if (changed.length === 0) return;
  const { build } = await import('esbuild');
  await build({ ...options, entryPoints: changed, outdir: folder, outbase: root });
  for (const file of changed) {
    const time = new Date(timeOf(file));
    utimesSync(compiledFile(file), time, time);
  }
}

/** The compiled file of a TypeScript file of the project; null where there is none of its present state. */
export function currentlyCompiled(file) {
  const compiled = compiledFile(file);
  return compiled !== null && timeOf(compiled) === timeOf(file) ? compiled : null;
}

/** Null for a file from elsewhere. */
function compiledFile(file) {
  const path = relative(root, file);
  return path.startsWith('..') ? null : join(folder, path.replace(/\.ts$/, '.js'));
}

/** In whole milliseconds, which another file can be given; NaN if there is no file. */
const timeOf = (file) => Math.floor(statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? NaN);
