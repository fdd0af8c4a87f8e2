import { readdirSync, readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';

const test = suite('tables of rooms');

for (const room of ['fitters', 'nets', 'solvers']) {
  test(`src/${room}/README.md lists every file and folder, each once, and no other`, () => {
    const folder = new URL(`../src/${room}/`, import.meta.url);
    const listed = [...readFileSync(new URL('README.md', folder), 'utf8').matchAll(/^\| `([^`]+)`/gm)];
    const entries = readdirSync(folder, { withFileTypes: true }).filter(({ name }) => name !== 'README.md');
    assert.equal(
      listed.map(([, name]) => name).sort(),
      entries.map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name)).sort(),
    );
  });
}

test.run();
