// Compiles every src/<room>/assembly/index.ts to build/kernels/<room>.wasm. Skips what is up to date: the hash of
// the sources, the options and the compiler's version lies beside each result. Without the compiler (an install
// without development packages) it says so and succeeds: plain JavaScript serves then.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = new URL('../', import.meta.url);
const out = new URL('build/kernels/', root);

// No runtime, no collector, memory from the caller; SIMD is on by default but named, since all depends on it.
const OPTIONS = ['-O3', '--converge', '--noAssert', '--runtime', 'stub', '--enable', 'simd'];
const MEMORY = ['--importMemory', '--noExportMemory'];

const rooms = readdirSync(new URL('src/', root)).filter((room) => existsSync(entryOf(room)));
const stale = rooms.filter((room) => !isUpToDate(room));
if (stale.length > 0) await buildAll(stale);

function entryOf(room) {
  return new URL(`src/${room}/assembly/index.ts`, root);
}

function hashOf(room) {
  const hash = createHash('sha256').update([...OPTIONS, ...MEMORY].join(' '));
  const compiler = new URL('node_modules/assemblyscript/package.json', root);
  if (existsSync(compiler)) hash.update(JSON.parse(readFileSync(compiler, 'utf8')).version);
  const folder = new URL('./', entryOf(room));
  const files = readdirSync(folder, { recursive: true }).filter((file) => file.endsWith('.ts'));
  for (const file of files.sort()) hash.update(file).update(readFileSync(new URL(file, folder)));
  return hash.digest('hex');
}

function isUpToDate(room) {
  const stamp = new URL(`${room}.wasm.sha256`, out);
  return (
    existsSync(new URL(`${room}.wasm`, out)) &&
    existsSync(stamp) &&
    readFileSync(stamp, 'utf8') === hashOf(room)
  );
}

async function buildAll(names) {
  let asc;
  try {
    asc = (await import('assemblyscript/asc')).default;
  } catch {
    console.error(
      `kernels not built (${names.join(', ')}): assemblyscript is not installed; JavaScript serves instead`,
    );
    return;
  }
  mkdirSync(out, { recursive: true });
  for (const name of names) await build(asc, name);
}

async function build(asc, room) {
  // Written under another name and moved, so that two builds at once leave a whole file.
  const part = `build/kernels/${room}.${process.pid}.wasm`;
  const entry = fileURLToPath(entryOf(room)).slice(fileURLToPath(root).length);
  const { error, stderr } = await asc.main([entry, '-o', part, ...OPTIONS, ...MEMORY], {
    readFile: (name, base) => readOrNull(new URL(`${base}/${name}`.replace(/^\.\//, ''), root)),
    writeFile: (name, contents) => writeFileSync(new URL(name, root), contents),
    listFiles: () => [],
  });
  if (error) {
    rmSync(new URL(part, root), { force: true });
    console.error(`${stderr.toString()}\n${entry}: ${error.message}`);
    process.exitCode = 1;
    return;
  }
  renameSync(new URL(part, root), new URL(`${room}.wasm`, out));
  writeFileSync(new URL(`${room}.wasm.sha256`, out), hashOf(room));
}

function readOrNull(url) {
  return existsSync(url) ? readFileSync(url, 'utf8') : null;
}
