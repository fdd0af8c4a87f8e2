import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { stageFiles } from '../../src/files/staged-files.ts';
import { writeWholeFolder } from '../../src/files/whole-folder.ts';
import { writeWhole } from '../../src/files/write-whole.ts';

const test = suite('what killed processes leave');
const folder = mkdtempSync(join(tmpdir(), 'ivim-bench-leftovers-'));
test.after(() => rmSync(folder, { recursive: true, force: true }));

const source = (file: string): string => new URL(`../../src/files/${file}`, import.meta.url).href;

/** Lets a process begin to write `maps/D.nii.gz` and the folder `set`, and kills it. */
async function kill(): Promise<void> {
  const program = `
    const { stageFiles } = await import(${JSON.stringify(source('staged-files.ts'))});
    const { writeWholeFolder } = await import(${JSON.stringify(source('whole-folder.ts'))});
    stageFiles([${JSON.stringify(join(folder, 'D.nii.gz'))}]);
    await writeWholeFolder(${JSON.stringify(join(folder, 'set'))}, async (write) => {
      await write('dwi/a.txt', 'half');
      process.stdout.write('ready');
      await new Promise((resolve) => setTimeout(resolve, 60_000));
    });`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  child.kill('SIGKILL');
  await once(child, 'close');
}

test('the next writer of the same file or folder removes it; that of a live process, of another machine and of another file stay', async () => {
  await kill();
  assert.is(readdirSync(folder).length, 2);
  const host = encodeURIComponent(hostname());
  const others = [
    `.D.nii.gz.${host}-${process.ppid}.partial`,
    '.D.nii.gz.another-machine-999999999.partial',
    `.Dp.nii.gz.${host}-999999999.partial`,
    `.D.nii.gz.${host}-word.partial`,
  ];
  for (const name of others) writeFileSync(join(folder, name), '');
  const staged = stageFiles([join(folder, 'D.nii.gz')]);
  await (await staged.handle(join(folder, 'D.nii.gz'))).write('whole');
  await staged.commit();
  await writeWholeFolder(join(folder, 'set'), (write) => write('dwi/a.txt', 'whole'));
  assert.equal(readdirSync(folder).sort(), [...others, 'D.nii.gz', 'set'].sort());
  assert.is(readFileSync(join(folder, 'D.nii.gz'), 'utf8'), 'whole');
  writeFileSync(join(folder, `.notes.md.${host}-999999999.partial`), 'half');
  await writeWhole(join(folder, 'notes.md'), 'whole');
  assert.equal(readdirSync(folder).sort(), [...others, 'D.nii.gz', 'set', 'notes.md'].sort());
});

test.run();
