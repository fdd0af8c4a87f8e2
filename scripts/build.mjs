// Builds what is published: the kernels, the compiled sources in dist/, and beside them the files that are read as
// they are (fonts, style sheets, boot scripts).
import { execFileSync } from 'node:child_process';
import { cpSync, readdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const node = (script, ...words) =>
  execFileSync(process.execPath, [script, ...words], { cwd: root, stdio: 'inherit' });

rmSync(`${root}dist`, { recursive: true, force: true });
node('scripts/build-kernels.mjs');
node('node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json');
for (const file of readdirSync(`${root}src`, { recursive: true, withFileTypes: true })) {
  const path = `${file.parentPath}/${file.name}`.slice(root.length);
  if (!file.isFile() || file.name.endsWith('.ts') || path.includes('/assembly/')) continue;
  cpSync(`${root}${path}`, `${root}dist/${path}`);
}
