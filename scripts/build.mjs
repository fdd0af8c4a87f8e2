// Builds the kernels, the page, the compiled sources in dist/, and beside them the files that are read as they are (fonts, style
// sheets, boot scripts). With --when-installed it leaves out what it can't build: TypeScript serves then.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { sourcesHash } from '../bin/sources-hash.mjs';

const root = fileURLToPath(new URL('../', import.meta.url));
const lenient = process.argv.includes('--when-installed');
const compiler = 'node_modules/typescript/bin/tsc';
const node = (script, ...words) =>
  execFileSync(process.execPath, [script, ...words], { cwd: root, stdio: 'inherit' });

const built = `${root}dist/built`;
node('scripts/build-kernels.mjs');
// After the kernels, which may write a list of fields among the sources.
const sources = sourcesHash(new URL('../', import.meta.url));
const upToDate = existsSync(built) && readFileSync(built, 'utf8') === sources;
if (!lenient || (!upToDate && existsSync(`${root}${compiler}`))) compile();
// The page is bundled with packages of development.
if (!lenient || existsSync(`${root}node_modules/@niivue/niivue`)) node('scripts/build-page.mjs');

function compile() {
  rmSync(`${root}dist`, { recursive: true, force: true });
  try {
    node(compiler, '-p', 'tsconfig.build.json');
  } catch (error) {
    rmSync(`${root}dist`, { recursive: true, force: true });
    if (lenient) return;
    throw error;
  }
  for (const file of readdirSync(`${root}src`, { recursive: true, withFileTypes: true })) {
    const path = `${file.parentPath}/${file.name}`.slice(root.length);
    if (!file.isFile() || /\.(ts|md)$/.test(file.name) || path.includes('/assembly/')) continue;
    cpSync(`${root}${path}`, `${root}dist/${path}`);
  }
  // Written last: bin/ivim-bench.mjs takes dist/ only while the sources are still these.
  writeFileSync(built, sources);
}
