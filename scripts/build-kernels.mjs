// Compiles every src/<room>/assembly/index.ts to build/kernels/<room>.wasm, and once more with relaxed SIMD, whose multiply-add
// is one instruction, to <room>-relaxed.wasm. Skips what is up to date: the hash of the sources, the options and the
// compiler's version lies beside each result. Without the compiler (an install
// without development packages) it says so and succeeds: plain JavaScript serves then.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { writeRecordFields } from './kernel-record.mjs';

const root = new URL('../', import.meta.url);
const out = new URL('build/kernels/', root);

// No runtime, no collector, memory from the caller; SIMD is on by default but named, since all depends on it.
const OPTIONS = ['-O3', '--converge', '--noAssert', '--runtime', 'stub', '--enable', 'simd'];
const MEMORY = ['--importMemory', '--noExportMemory'];

writeRecordFields();
const kernels = readdirSync(new URL('src/', root))
  .filter((room) => existsSync(entryOf(room)))
  .flatMap((room) => [
    { name: room, room, options: OPTIONS },
    { name: `${room}-relaxed`, room, options: [...OPTIONS, '--enable', 'relaxed-simd'] },
  ]);
const stale = kernels.filter((kernel) => !isUpToDate(kernel));
if (stale.length > 0) await buildAll(stale);

function entryOf(room) {
  return new URL(`src/${room}/assembly/index.ts`, root);
}

function hashOf({ room, options }) {
  const hash = createHash('sha256').update([...options, ...MEMORY].join(' '));
  const compiler = new URL('node_modules/assemblyscript/package.json', root);
  if (existsSync(compiler)) hash.update(JSON.parse(readFileSync(compiler, 'utf8')).version);
  const folder = new URL('./', entryOf(room));
  const files = readdirSync(folder, { recursive: true }).filter((file) => file.endsWith('.ts'));
  for (const file of files.sort()) hash.update(file).update(readFileSync(new URL(file, folder)));
  return hash.digest('hex');
}

function isUpToDate(kernel) {
  const stamp = new URL(`${kernel.name}.wasm.sha256`, out);
  return (
    existsSync(new URL(`${kernel.name}.wasm`, out)) &&
    existsSync(stamp) &&
    readFileSync(stamp, 'utf8') === hashOf(kernel)
  );
}

async function buildAll(missing) {
  let asc;
  try {
    asc = (await import('assemblyscript/asc')).default;
  } catch {
    console.error(
      `kernels not built (${missing.map(({ name }) => name).join(', ')}): assemblyscript is not installed; JavaScript serves instead`,
    );
    return;
  }
  mkdirSync(out, { recursive: true });
  for (const kernel of missing) await build(asc, kernel);
}

async function build(asc, kernel) {
  const { name, room, options } = kernel;
  // Written under another name and moved, so that two builds at once leave a whole file.
  const part = `build/kernels/${name}.${process.pid}.wasm`;
  const entry = fileURLToPath(entryOf(room)).slice(fileURLToPath(root).length);
  const { error, stderr } = await asc.main([entry, '-o', part, ...options, ...MEMORY], {
    readFile: (file, base) => readOrNull(new URL(`${base}/${file}`.replace(/^\.\//, ''), root)),
    writeFile: (file, contents) => writeFileSync(new URL(file, root), contents),
    listFiles: () => [],
  });
  if (error) {
    rmSync(new URL(part, root), { force: true });
    console.error(`${stderr.toString()}\n${entry}: ${error.message}`);
    process.exitCode = 1;
    return;
  }
  renameSync(new URL(part, root), new URL(`${name}.wasm`, out));
  writeFileSync(new URL(`${name}.wasm.sha256`, out), hashOf(kernel));
}

function readOrNull(url) {
  return existsSync(url) ? readFileSync(url, 'utf8') : null;
}
