import { gzipSync } from 'node:zlib';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parseNiftiHeader } from '../../src/data/nifti-header.ts';
import { readNifti } from '../../src/data/nifti-read.ts';
import { minimalNifti, STORED } from './minimal-nifti.ts';
import { refused } from './refused.ts';
import { scratchFolder } from './scratch-folder.ts';

const test = suite('nifti-read');
const { put } = scratchFolder();
const shape = [3, 2, 1, 2];
const values = [0, 1, 2, 3, 100, 127, 5, 6, 7, 8, 9, 10];
const float32 = (extra = {}) => minimalNifti({ datatype: 16, shape, values, ...extra });

for (const [code, [name]] of Object.entries(STORED)) {
  for (const version of [1, 2] as const) {
    for (const littleEndian of [true, false]) {
      test(`${name}, NIfTI-${version}, ${littleEndian ? 'little' : 'big'}-endian, scaled and compressed`, async () => {
        const slope = 2.5;
        const intercept = -4;
        const bytes = minimalNifti({
          datatype: Number(code),
          version,
          littleEndian,
          shape,
          values,
          slope,
          intercept,
          gap: 16,
        });
        for (const file of [put('a.nii', bytes), put('a.nii.gz', gzipSync(bytes))]) {
          const { header, data } = await readNifti(file);
          assert.equal(header.shape, [3, 2, 1]);
          assert.is(header.volumes, 2);
          assert.equal(Array.from(data), values);
          assert.is(header.slope, slope);
          assert.is(header.intercept, intercept);
        }
      });
    }
  }
}

test('the ends of the integer types are read as they are', async () => {
  const ends: [number, number[]][] = [
    [256, [-128, 127]],
    [4, [-32768, 32767]],
    [512, [0, 65535]],
    [8, [-2147483648, 2147483647]],
    [768, [0, 4294967295]],
    [1024, [-9007199254740991, 9007199254740991]],
    [1280, [0, 9007199254740991]],
  ];
  for (const [datatype, pair] of ends) {
    for (const littleEndian of [true, false]) {
      const file = put('ends.nii', minimalNifti({ datatype, littleEndian, shape: [2, 1, 1], values: pair }));
      assert.equal(Array.from((await readNifti(file)).data), pair);
    }
  }
});

test('integers of 64 bits are the nearest doubles, at any offset, compressed or not', async () => {
  for (const [datatype, values] of [
    [
      1024,
      [-(2n ** 63n), 2n ** 63n - 1n, -1n, -(2n ** 53n) - 1n, 2n ** 53n + 3n, 2n ** 32n, -(2n ** 32n) - 1n],
    ],
    [1280, [2n ** 64n - 1n, 2n ** 63n, 2n ** 53n + 1n, 2n ** 53n + 3n, 2n ** 32n - 1n, 0n]],
  ] as const) {
    for (const littleEndian of [true, false]) {
      for (const gap of [0, 1, 4, 11]) {
        const none = values.map(() => 0);
        const file = minimalNifti({
          datatype,
          littleEndian,
          gap,
          shape: [values.length, 1, 1],
          values: none,
        });
        const view = new DataView(file.buffer, file.byteOffset + file.length - 8 * values.length);
        values.forEach((value, i) => view.setBigUint64(8 * i, BigInt.asUintN(64, value), littleEndian));
        for (const name of [put('wide.nii', file), put('wide.nii.gz', gzipSync(file))]) {
          const { data } = await readNifti(name);
          assert.equal(Array.from(data), values.map(Number), `${datatype} ${littleEndian} ${gap} ${name}`);
        }
      }
    }
  }
});

// As Node 24 decompresses: into a Buffer that begins somewhere inside a larger one.
test('a header is read from the middle of a larger buffer, and keeps its own bytes', () => {
  const file = float32();
  const { bytes, shape: found } = parseNiftiHeader(
    Buffer.concat([Buffer.alloc(1000, 7), file]).subarray(1000),
    'middle.nii',
  );
  assert.equal(found, [3, 2, 1]);
  assert.equal([...bytes], [...file.subarray(0, 348)]);
  assert.is(bytes.buffer.byteLength, 348);
});

test('a slope of 0 or NaN means that the numbers stand for themselves', async () => {
  for (const slope of [0, NaN]) {
    const { header } = await readNifti(put('s.nii', float32({ slope, intercept: 7 })));
    assert.is(header.slope, 1);
    assert.is(header.intercept, 0);
  }
});

test('a quaternion with qfac -1 becomes the affine that nibabel 5.4.2 reads', async () => {
  const file = put(
    'q.nii',
    float32({ quaternion: [0.1, 0.2, 0.3], offsets: [-10, 20, 30], qformCode: 1, pixdim: [-1, 2, 3, 4] }),
  );
  const nibabel = [
    [1.47999997, -1.54925138, -1.72377899, -10],
    [1.19283426, 2.39999996, 0.26188946, 20],
    [-0.62188948, 0.91641713, -3.59999999, 30],
  ];
  const { affine } = (await readNifti(file)).header;
  nibabel.forEach((row, r) => row.forEach((value, c) => assert.ok(Math.abs(affine[r][c] - value) < 1e-6)));
});

test('what is cut short is refused with the bytes found and expected', async () => {
  const whole = float32();
  await refused(() => readNifti(put('cut.nii', whole.slice(0, -5))), 'cut.nii', '400', '395', 'cut short');
  const compressed = gzipSync(whole);
  await refused(
    () => readNifti(put('cut.nii.gz', compressed.subarray(0, compressed.length - 14))),
    'cut.nii.gz',
    /need 400 bytes once decompressed, it has \d+/,
  );
  await refused(() => readNifti(put('header.nii', whole.slice(0, 352))), 'header.nii', '400', '352');
  await refused(() => readNifti(put('few.nii', whole.slice(0, 100))), '100 bytes', '348');
  await refused(() => readNifti(put('empty.nii.gz', '')), 'empty.nii.gz is empty');
});

test('damaged compression is refused', async () => {
  const compressed = gzipSync(float32());
  compressed.fill(0x55, 20, 60);
  await refused(() => readNifti(put('bad.nii.gz', compressed)), 'bad.nii.gz is damaged');
});

test('what is no NIfTI image is refused by what it is', async () => {
  await refused(() => readNifti(put('t.nii', 'x'.repeat(500))), 'not a NIfTI image', "'xxxx'");
  await refused(() => readNifti(put('m.nii', float32({ magic: 'nope' }))), 'magic', "'nop'");
  await refused(() => readNifti(put('p.nii', float32({ magic: 'ni1\0' }))), 'two-file');
  await refused(() => readNifti('/nowhere/x.nii'), 'cannot read /nowhere/x.nii', 'no such file');
});

test('types that are no real numbers are refused by name', async () => {
  for (const [datatype, name] of [
    [128, 'RGB24'],
    [32, 'complex64'],
    [1792, 'complex128'],
    [1536, 'float128'],
  ] as const) {
    await refused(() => readNifti(put('t.nii', minimalNifti({ datatype, shape, values }))), name);
  }
});

test('dimensions that are not possible or not a series are refused', async () => {
  await refused(() => readNifti(put('d.nii', float32({ shape: [3, 0, 1] }))), 'dimensions are not possible');
  await refused(() => readNifti(put('d.nii', float32({ shape: [3, -2, 1] }))), 'dimensions are not possible');
  await refused(() => readNifti(put('d.nii', float32({ shape: [3, 1, 1, 2, 2] }))), '5 dimensions');
  const { header } = await readNifti(put('d.nii', float32({ shape: [3, 1, 1, 1, 2] })));
  assert.is(header.volumes, 2);
});

test.run();
