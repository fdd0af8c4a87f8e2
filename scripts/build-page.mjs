// Builds the page that fits scans in a browser, as static files. It is bundled from the very sources of `ivim-bench fit`: a
// file of src/ that needs Node is replaced by its counterpart of the same path in src/browser/, a module of Node by its
// counterpart in src/browser/node/. Whatever has none is an error of the build.
import { build } from 'esbuild';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));
const src = join(root, 'src');
const browser = join(src, 'browser');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** @type {import('esbuild').Plugin} */
const counterparts = {
  name: 'counterparts',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:/ }, ({ path }) =>
      existing(join(browser, 'node', `${path.slice('node:'.length)}.ts`)),
    );
    onResolve({ filter: /^\.{1,2}\/.*\.ts$/ }, ({ path, resolveDir }) => {
      const within = relative(src, resolve(resolveDir, path));
      return within.startsWith('..') ? undefined : existing(join(browser, within));
    });
    // Compressed kinds of arrays in a format that the page does not read.
    onResolve({ filter: /^numcodecs\// }, ({ path }) => ({ path, external: true }));
    onResolve({ filter: /^every:/ }, ({ path }) => ({
      path: path.slice('every:'.length),
      namespace: 'every',
    }));
    onLoad({ filter: /./, namespace: 'every' }, ({ path }) => {
      const files = readdirSync(join(root, path)).filter((file) => file.endsWith('.ts'));
      const entries = files.map((file) => `${JSON.stringify(file.slice(0, -3))}: () => import('./${file}')`);
      return {
        contents: `export const ${path.split('/').at(-1)} = {\n${entries.join(',\n')}\n};`,
        resolveDir: join(root, path),
      };
    });
  },
};

/** Scans to try the page with. */
const EXAMPLES = ['examples/scan', 'examples/spinal-cord-7t'];

const existing = (path) => (existsSync(path) ? { path } : undefined);

/**
 * @param {string} outdir
 * @returns {Promise<import('esbuild').Metafile>} sizes of what was built
 */
export async function buildPage(outdir) {
  rmSync(outdir, { recursive: true, force: true });
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [
      { in: 'page/main.tsx', out: 'main' },
      { in: 'page/style.css', out: 'style' },
      ...['dicom-worker', 'fit-worker', 'lane-worker', 'scan-worker'].map((name) => ({
        in: `src/browser/${name}.ts`,
        out: name,
      })),
    ],
    outdir,
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    platform: 'browser',
    minify: true,
    metafile: true,
    chunkNames: 'chunks/[name]-[hash]',
    loader: { '.wasm': 'binary' },
    define: { PROGRAM_VERSION: JSON.stringify(version) },
    jsx: 'automatic',
    jsxImportSource: 'preact',
    legalComments: 'linked',
    logLevel: 'warning',
    plugins: [counterparts],
  });
  const copy = (from, to) => {
    mkdirSync(dirname(join(outdir, to)), { recursive: true });
    cpSync(join(root, from), join(outdir, to), { recursive: true });
  };
  copy('page/index.html', 'index.html');
  for (const folder of ['models', ...EXAMPLES]) copy(folder, folder);
  copy('src/report/assets', 'report');
  for (const name of ['vega', 'vega-lite', 'vega-embed']) {
    const build = readFileSync(new URL(`${name}.min.js`, import.meta.resolve(name)), 'utf8');
    writeFileSync(join(outdir, `report/${name}.js`), build.replace(/\n\/\/# sourceMappingURL=.*\s*$/, ''));
  }
  copyDcm2niix(join(outdir, 'dicom'));
  writeFileSync(join(outdir, 'scan.json'), JSON.stringify({ files: [], keep: true }));
  await buildOffline(outdir);
  return metafile;
}

/** Puts dcm2niix beside the page, if it is installed; without it, the page says so when DICOM is dropped. */
function copyDcm2niix(folder) {
  const dist = join(root, 'node_modules/@niivue/dcm2niix/dist');
  if (!existsSync(dist)) return;
  for (const file of ['dcm2niix.jpeg.js', 'dcm2niix.jpeg.wasm']) cpSync(join(dist, file), join(folder, file));
  cpSync(join(root, 'page/dcm2niix-license.txt'), join(folder, 'LICENSE.txt'));
}

/** Writes the service worker that keeps the page, with the list of what it keeps. */
async function buildOffline(outdir) {
  const files = readdirSync(outdir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  const hash = createHash('sha256');
  for (const file of files) hash.update(relative(outdir, file)).update(readFileSync(file));
  const addresses = files.map((file) => relative(outdir, file).replaceAll('\\', '/'));
  await build({
    absWorkingDir: root,
    entryPoints: ['page/offline.ts'],
    outfile: join(outdir, 'offline.js'),
    minify: true,
    define: {
      FILES: JSON.stringify(['./', ...addresses]),
      VERSION: JSON.stringify(hash.digest('hex').slice(0, 12)),
    },
    logLevel: 'warning',
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const outdir = resolve(process.argv[2] ?? join(root, 'build/page'));
  const { outputs } = await buildPage(outdir);
  const bytes = Object.values(outputs).reduce((sum, each) => sum + each.bytes, 0);
  console.log(`${relative(process.cwd(), outdir) || '.'}: ${(bytes / 1e6).toFixed(1)} MB of code`);
}
