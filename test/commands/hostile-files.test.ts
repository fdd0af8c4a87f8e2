import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { fileNameOf, isPlainName, isPlainPath, staysInside } from '../../src/files/plain-name.ts';
import { readNifti } from '../../src/data/nifti-read.ts';
import { scratchFolder } from '../runner/tiny-study.ts';
import { inProcess } from './command-line.ts';

/** What somebody could be sent. Every file is refused with a line, exit code 2, or read as what it is. */
const test = suite('hostile files');
const scratch = scratchFolder();
const put = (name: string, content: string | Uint8Array): string => {
  writeFileSync(join(scratch, name), content);
  return join(scratch, name);
};

const bval = put('scan.bval', '0 10 50 100 400 800\n');

/** A single-file NIfTI-1 image of 4 x 4 x 2 voxels and 6 volumes of int16, with room for an extension. */
function nifti({
  extension = [] as number[],
  flag = 0,
  shape = [4, 4, 2, 6],
  offset = 416,
  more = 0,
} = {}): Uint8Array {
  const bytes = new Uint8Array(offset + 4 * 4 * 2 * 6 * 2 + more);
  const view = new DataView(bytes.buffer);
  view.setInt32(0, 348, true);
  [4, ...shape, 1, 1, 1].forEach((size, i) => view.setInt16(40 + 2 * i, size, true));
  view.setInt16(70, 4, true);
  view.setInt16(72, 16, true);
  [1, 2, 2, 3, 1].forEach((size, i) => view.setFloat32(76 + 4 * i, size, true));
  view.setFloat32(108, offset, true);
  view.setFloat32(112, 1, true);
  view.setInt16(254, 1, true);
  [280, 300, 320].forEach((at) => view.setFloat32(at, 2, true));
  bytes.set([0x6e, 0x2b, 0x31, 0], 344);
  bytes[348] = flag;
  extension.forEach((value, i) => view.setInt32(352 + 4 * i, value, true));
  for (let i = 0; i < 192; i++) view.setInt16(offset + 2 * i, 1000 - i, true);
  return bytes;
}

const fit = (file: string, ...words: string[]) =>
  inProcess('fit', file, '--fitter', 'ls', '--out', join(scratch, 'maps'), '--quiet', ...words);

async function refuses(answer: ReturnType<typeof inProcess>, ...says: string[]): Promise<void> {
  const { code, stderr, stdout } = await answer;
  assert.is(code, 2, stderr + stdout);
  assert.match(stderr, /^(error: [^\n]+\n)+$/);
  for (const word of says) assert.ok(stderr.includes(word), `expected ${word} in ${stderr}`);
}

test('NIfTI extensions: those that fit are skipped, those of an impossible size are refused', async () => {
  for (const extension of [
    [32, 6],
    [64, 6],
    [16, 0, 0, 0, 16, 4],
  ]) {
    const { data } = await readNifti(put('good.nii', nifti({ flag: 1, extension })));
    assert.is(data[0], 1000, String(extension));
  }
  for (const size of [0, -16, 7, -2147483648, 2147483647, 72]) {
    const file = put('bad.nii', nifti({ flag: 1, extension: [size, 6] }));
    await refuses(fit(file, '--bval', bval), 'bad.nii', `an extension of ${size} bytes`);
    const packed = put('bad.nii.gz', gzipSync(nifti({ flag: 1, extension: [size, 6] })));
    await refuses(fit(packed, '--bval', bval), 'bad.nii.gz', `an extension of ${size} bytes`);
  }
  await refuses(fit(put('tight.nii', nifti({ flag: 1, offset: 352 })), '--bval', bval), 'tight.nii');
});

test('no more of a compressed image is decompressed than its header announces, and no more is announced than can be', async () => {
  const before = process.memoryUsage.rss();
  const bomb = put('bomb.nii.gz', gzipSync(Buffer.concat([nifti(), Buffer.alloc(300_000_000)])));
  const { data } = await readNifti(bomb);
  assert.is(data.length, 192);
  assert.ok(process.memoryUsage.rss() - before < 700e6, 'the bomb itself, made here, needs 300 MB');
  for (const [shape, says] of [
    [
      [32767, 32767, 32767, 6],
      'volumes of 32767 x 32767 x 32767 voxels, 35181150961663; allowed: up to 67108864',
    ],
    [[512, 512, 256, 32], "512 x 512 x 256 x 32 'i2' voxels, 4294967712 bytes; allowed: up to 4294967295"],
  ] as const) {
    const huge = put('huge.nii', nifti({ shape: [...shape] }));
    await refuses(fit(huge, '--bval', bval), 'huge.nii', `its header announces ${says}`);
    const packed = put('huge.nii.gz', gzipSync(nifti({ shape: [...shape] })));
    await refuses(fit(packed, '--bval', bval), 'huge.nii.gz', `its header announces ${says}`);
  }
});

test('a compressed image is in memory once, and takes none for voxels that its file can not have', async () => {
  const shape = [256, 256, 128, 24];
  const size = 2 * 256 * 256 * 128 * 24;
  const zeros = gzipSync(Buffer.alloc(2 ** 20));
  const beginning = gzipSync(nifti({ shape }));
  const large = put(
    'large.nii.gz',
    Buffer.concat([beginning, ...Array.from({ length: size / 2 ** 20 }, () => zeros)]),
  );
  // In a process of its own, whose peak nothing else has a part in.
  const script = `
    import { readNifti } from ${JSON.stringify(new URL('../../src/data/nifti-read.ts', import.meta.url).href)};
    const before = process.resourceUsage().maxRSS;
    const { data } = await readNifti(${JSON.stringify(large)});
    const grown = 1024 * (process.resourceUsage().maxRSS - before);
    console.log(JSON.stringify({ found: [data.length, data[0], data[191], data[192]], grown }));`;
  const words = ['--import', 'tsx', '--input-type=module', '--eval', script];
  const { found, grown } = JSON.parse(execFileSync(process.execPath, words, { encoding: 'utf8' })) as {
    found: number[];
    grown: number;
  };
  assert.equal(found, [size / 2, 1000, 809, 0]);
  assert.ok(grown < 1.3 * size, `${grown} bytes for an image of ${size}`);
  await refuses(
    fit(put('short.nii.gz', beginning), '--bval', bval),
    `voxels need ${size + 416} bytes once decompressed, it has 800`,
  );
});

test('devices, pipes and folders are no files', async () => {
  const scan = put('scan.nii', nifti());
  const pipe = join(scratch, 'pipe.csv');
  execFileSync('sh', ['-c', 'mkfifo "$0"', pipe]);
  await refuses(fit(scan, '--bval', '/dev/zero'), '/dev/zero', 'it is a device');
  await refuses(fit(scan, '--bval', pipe), 'pipe.csv', 'it is a pipe');
  await refuses(fit(scan, '--bval', scratch), 'it is a folder');
  await refuses(fit(pipe, '--out', join(scratch, 'e.csv')), 'it is a pipe');
  await refuses(inProcess('icc', '/dev/zero'), 'it is a device');
  const config = put('device.yaml', 'experiment: phantom\nprotocol: /dev/zero\nfitters: [ls]\n');
  await refuses(inProcess('validate', config), 'device.yaml:2:11', 'it is a device');
  await refuses(inProcess('validate', '/dev/zero'), 'it is a device');
});

test('a file that a config names as b-values or as a table is quoted only if it is one', async () => {
  const scan = put('scan.nii', nifti());
  const secret = put('secret.env', 'TOKEN=hunter2 PASSWORD=abc\n');
  await refuses(fit(scan, '--bval', secret), 'secret.env', 'b-values in s/mm²');
  const { stderr } = await fit(scan, '--bval', secret);
  assert.not.match(stderr, 'hunter2');
  await refuses(fit(scan, '--bval', put('odd.bval', '0 10 fifty 100 400 800\n')), "'fifty' is not a b-value");
});

test('YAML: an alias inside itself, an entry without a name, tens of thousands of keys', async () => {
  const alias = put('alias.yaml', 'experiment: phantom\nfitters: [ls]\ndata: &a [*a]\n');
  await refuses(inProcess('validate', alias), 'alias.yaml:3:11', 'stands inside what it refers to');
  for (const experiment of ['stability', 'depth', 'transfer', 'phantom', 'volunteers', 'paper']) {
    const nameless = put(
      'nameless.yaml',
      `experiment: ${experiment}\nfitters: [dnn, { depth: 2 }, 3, null, { use: 7 }]\n`,
    );
    await refuses(inProcess('validate', nameless), 'nameless.yaml:2:16');
  }
  const keys = Array.from({ length: 60_000 }, (_, i) => `key${i}: 1`);
  const many = put('many.yaml', `experiment: phantom\n${keys.join('\n')}\n`);
  await refuses(inProcess('validate', many), 'unknown key key0', 'more faults');
  const twice = put('twice.yaml', `experiment: phantom\n${keys.map(() => 'k: 1').join('\n')}\n`);
  await refuses(inProcess('validate', twice), 'found the key k a second time');
  assert.is(readFileSync(many).length < 1_000_000, true, 'larger files are refused for their size alone');
});

test('code that a config names is not loaded without permission, by any command', async () => {
  put(
    'evil.mjs',
    "import { writeFileSync } from 'node:fs'; writeFileSync(new URL('PWNED', import.meta.url), '');",
  );
  const configs = {
    fitter: 'experiment: phantom\nfitters: [ls, ./evil.mjs]\n',
    use: 'experiment: phantom\nfitters: [{ use: ./evil.mjs, name: ls }]\n',
    metric: 'experiment: phantom\nfitters: [ls]\nmetrics: [./evil.mjs]\n',
    table: 'experiment: phantom\nfitters: [ls]\ntables: [./evil.mjs]\n',
    figure: 'experiment: phantom\nfitters: [ls]\nfigures: [./evil.mjs]\n',
    experiment: 'experiment: ./evil.mjs\n',
    model: 'experiment: liver-fibrosis\nmodels: [./evil.mjs]\n',
    absolute: `experiment: phantom\nfitters: [${join(scratch, 'evil.mjs')}]\n`,
  };
  const out = join(scratch, 'out');
  for (const [name, text] of Object.entries(configs)) {
    const config = put(`${name}.yaml`, text);
    for (const words of [
      ['validate', config],
      ['run', config, '--out', out],
      ['run', config, '--out', out, '--dry-run'],
      ['simulate', config, '--out', out],
      ['train', config, '--out', out],
      ['check', config, '--update', '--against', join(scratch, 'accepted.json')],
    ])
      await refuses(inProcess(...words), './evil.mjs'.slice(2), '--allow-external');
  }
  const set = put('set.yaml', 'experiment: phantom\n');
  await refuses(
    inProcess('validate', set, '--set', `fitters=[${join(scratch, 'evil.mjs')}]`),
    '--allow-external',
  );
  assert.not.ok(existsSync(join(scratch, 'PWNED')));
  assert.not.ok(existsSync(out));
});

test('names of fitters that are the same file, or mean something else in tables, are refused', async () => {
  for (const [names, says] of [
    ['{ use: ls, name: Mine }, { use: segmented, name: mine }', 'a second fitter called mine'],
    ['{ use: ls, name: truth }', 'a fitter called truth'],
    ['{ use: ls, name: Bound }', 'a fitter called Bound'],
    ['{ use: ls, name: __proto__ }', '__proto__'],
    // The same letters, once composed and once of a letter and an accent.
    ['{ use: ls, name: "Mu\u0308ller" }, { use: segmented, name: "M\u00fcller" }', 'a second fitter'],
  ]) {
    const config = put('names.yaml', `experiment: phantom\nfitters: [${names}]\n`);
    await refuses(inProcess('validate', config), says);
  }
});

test('names become plain names, different ones different files', () => {
  const names = [
    'Müller',
    'M_ller',
    'M/ller',
    '..',
    '.',
    '../../x',
    'CON',
    'a b',
    'a_b',
    'a?b',
    '',
    ' ',
    'x'.repeat(300),
    'x'.repeat(301),
    '\u202ex',
    'nul.txt',
    'ok-1.2_b',
  ];
  const files = names.map(fileNameOf);
  assert.is(new Set(files).size, names.length);
  for (const file of files) assert.ok(isPlainName(file), file);
  assert.is(fileNameOf('ok-1.2_b'), 'ok-1.2_b');
  for (const path of ['a/../b', '/a', 'a//b', 'a\\b', 'C:a', 'a/nul', 'a/.b', 'a/b.', 'a/b\0'])
    assert.not.ok(isPlainPath(path), path);
  for (const path of ['a/../b', '/a', 'a//b', 'a\\b', 'C:a', '../a', '.', ''])
    assert.not.ok(staysInside(path), path);
});

test('nothing was written beside the outputs', () => {
  assert.not.ok(readdirSync(scratch).includes('PWNED'));
});

test.run();
