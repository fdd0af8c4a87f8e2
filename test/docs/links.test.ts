import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { root } from '../commands/command-line.ts';
import { pages } from './documented-commands.ts';

const test = suite('links of the documentation');

const { files } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { files: string[] };
// npm packs these without being asked.
const packed = [...files, 'README.md', 'LICENSE', 'package.json'];

/** The anchor that GitHub gives a heading. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(' ', '-');

const anchorsOf = (file: string): string[] =>
  [...readFileSync(file, 'utf8').matchAll(/^#+ (.*)$/gm)].map(([, heading]) => anchorOf(heading));

for (const page of pages()) {
  test(`${page}: files and headings that links name are there, in the package too`, () => {
    const text = readFileSync(join(root, page), 'utf8').replaceAll(/^```[\s\S]*?^```$/gm, '');
    for (const [, target] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^[a-z]+:/.test(target)) continue;
      const [path, anchor] = target.split('#');
      const file = path === '' ? join(root, page) : join(root, dirname(page), path);
      assert.ok(existsSync(file), target);
      if (anchor !== undefined) assert.ok(anchorsOf(file).includes(anchor), target);
      const inside = relative(root, file).split('/')[0];
      assert.ok(packed.includes(inside), `${target} is not packed`);
    }
  });
}

test.run();
