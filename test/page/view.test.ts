import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { view } from '../../src/commands/view.ts';
import { program, root } from '../commands/command-line.ts';
import { refused } from '../data/refused.ts';
import { putSeries } from '../dicom/example-dicom.ts';
import { skip } from '../skip.ts';

const test = suite('ivim-bench view');
const dir = mkdtempSync(join(tmpdir(), 'ivim-view-'));
process.on('exit', () => rmSync(dir, { recursive: true, force: true }));

/** The program as a person starts it; `end` types Ctrl-C and returns the exit code. */
async function opened(...words: string[]): Promise<{ url: string; end: () => Promise<number | null> }> {
  const child = spawn(process.execPath, [program, 'view', '--no-open', ...words], { cwd: root });
  const url = await new Promise<string>((resolve, reject) => {
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (said.includes('\n')) resolve(said.trim());
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
    child.on('close', () => reject(new Error(said)));
  });
  return {
    url,
    end: () =>
      new Promise((resolve) => {
        child.on('close', resolve);
        child.kill('SIGINT');
      }),
  };
}

test('what does not exist is refused', async () => {
  await refused(() => view([join(dir, 'nothing.nii')], { open: false }), 'nothing.nii: no such file');
});

if (!existsSync(join(root, 'build/page/index.html')))
  skip(test, 'serves the page', 'the page is not built: npm run build:page');
else {
  test('serves the page with the scan and its b-values to this machine, until Ctrl-C', async () => {
    const scan = join(root, 'examples/scan');
    const { url, end } = await opened(join(scan, 'dwi.nii.gz'), join(scan, 'mask.nii.gz'));
    try {
      assert.match(url, /^http:\/\/127\.0\.0\.1:\d+\/[\w-]{16}\/$/);
      const page = await fetch(url);
      assert.match(page.headers.get('content-security-policy')!, "connect-src 'self'");
      assert.match(await page.text(), 'main.js');
      const { files, keep } = (await (await fetch(`${url}scan.json`)).json()) as {
        files: string[];
        keep: boolean;
      };
      assert.is(keep, false);
      assert.equal(
        files.map((file) => file.replace(/^scan\/\d+\//, '')),
        ['dwi.nii.gz', 'mask.nii.gz', 'dwi.bval'],
      );
      const bval = await fetch(new URL(files[2], url));
      assert.match(await bval.text(), '0 10 20 60');
      const elsewhere = await fetch(url.replace(/[\w-]{16}\/$/, 'another/'));
      assert.is(elsewhere.status, 404);
    } finally {
      assert.is(await end(), 0);
    }
  });

  test('serves the files of a folder of DICOM, those of one name too', async () => {
    putSeries(join(dir, 'disc', 'a'), { as: 'siemens', bValues: [0] });
    cpSync(join(dir, 'disc', 'a'), join(dir, 'disc', 'b'), { recursive: true });
    const { url, end } = await opened(join(dir, 'disc'));
    try {
      const { files } = (await (await fetch(`${url}scan.json`)).json()) as { files: string[] };
      assert.is(new Set(files).size, 8);
      const first = new Uint8Array(await (await fetch(new URL(files[0], url))).arrayBuffer());
      assert.is(new TextDecoder().decode(first.subarray(128, 132)), 'DICM');
    } finally {
      await end();
    }
  });
}

test.run();
