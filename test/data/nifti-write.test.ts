import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parseNiftiHeader } from '../../src/data/nifti-header.ts';
import { encodeNiftiGz } from '../../src/data/nifti-gz.ts';
import { encodeNifti, plainSpace } from '../../src/data/nifti-write.ts';
import { minimalNifti } from './minimal-nifti.ts';

const test = suite('nifti-write');
const sform = [1.9, 0.1, -0.5, -90, 0.2, 2.1, 0.3, -126, 0.4, -0.6, 2.2, -72];
const data = Float32Array.from([1.5, NaN, -2, 1e-3, 5, 6]);
const map = { data, shape: [3, 2, 1], name: 'D', description: 'D: diffusion coefficient, mm2/s' };

for (const version of [1, 2] as const) {
  for (const littleEndian of [true, false]) {
    test(`a map keeps the space of a NIfTI-${version} scan, ${littleEndian ? 'little' : 'big'}-endian`, () => {
      const scan = minimalNifti({
        version,
        littleEndian,
        datatype: 4,
        shape: [3, 2, 1, 4],
        values: new Array<number>(24).fill(7),
        slope: 2,
        intercept: 1,
        quaternion: [0.1, 0.2, 0.3],
        offsets: [-1, 2, 3],
        qformCode: 1,
        sform,
        sformCode: 3,
        pixdim: [-1, 1.5, 2.5, 3.5, 9],
        units: 10,
      });
      const source = parseNiftiHeader(scan, 'scan.nii');
      const file = encodeNifti(source, map);
      const view = new DataView(file.buffer);
      const start = version === 1 ? 352 : 544;
      assert.is(file.length, start + 24);
      const same = (from: number, to: number) => assert.equal(file.slice(from, to), scan.slice(from, to));
      if (version === 1) {
        same(76, 92); // qfac and voxel sizes
        same(123, 124); // units
        same(252, 328); // codes, quaternion, offsets, sform
        same(344, 348); // magic
      } else {
        same(104, 136);
        same(500, 504);
        same(344, 496);
        same(4, 12);
      }
      const header = parseNiftiHeader(file, 'map.nii');
      assert.equal(header.shape, [3, 2, 1]);
      assert.is(header.volumes, 1);
      assert.is(header.kind, 'f4');
      assert.is(header.littleEndian, littleEndian);
      assert.is(header.slope, 1);
      assert.is(header.intercept, 0);
      assert.is(header.dataOffset, start);
      for (let i = 0; i < 6; i++) assert.ok(Object.is(view.getFloat32(start + 4 * i, littleEndian), data[i]));
    });
  }
}

test('the source is left as it was', () => {
  const space = plainSpace();
  const before = space.bytes.slice();
  encodeNifti(space, map);
  assert.equal(space.bytes, before);
});

test('a plain space is a NIfTI-1 header that reads back: 1 mm voxels, sform on', () => {
  const file = encodeNifti(plainSpace(), { ...map, data: Uint8Array.of(1, 2, 3, 4, 5, 6) });
  const header = parseNiftiHeader(file, 'plain.nii');
  assert.is(header.kind, 'u1');
  assert.equal(header.affine, [
    [1, 0, 0, 0],
    [0, 1, 0, 0],
    [0, 0, 1, 0],
    [0, 0, 0, 1],
  ]);
  assert.equal(Array.from(file.subarray(352)), [1, 2, 3, 4, 5, 6]);
});

test('a long description is cut to its field', () => {
  const file = encodeNifti(plainSpace(), { ...map, description: 'x'.repeat(200), name: 'y'.repeat(50) });
  assert.is(file[148 + 78], 'x'.charCodeAt(0));
  assert.is(file[148 + 79], 0);
  assert.is(file[328 + 14], 'y'.charCodeAt(0));
  assert.is(file[328 + 15], 0);
  assert.equal(parseNiftiHeader(file, 'x').shape, [3, 2, 1]);
});

test('the compressed form holds the same bytes', async () => {
  assert.equal(
    new Uint8Array(gunzipSync(await encodeNiftiGz(plainSpace(), map))),
    encodeNifti(plainSpace(), map),
  );
});

test('the header of a real scan goes through untouched where it says where the voxels are', () => {
  const scan = new Uint8Array(
    gunzipSync(readFileSync(new URL('../fixtures/small_101D.nii.gz', import.meta.url))),
  );
  const source = parseNiftiHeader(scan, 'small_101D');
  // As nibabel 5.4.2 reads it.
  assert.equal(source.shape, [6, 10, 10]);
  assert.is(source.volumes, 102);
  assert.is(source.kind, 'u2');
  assert.equal(source.affine[0], [-2.4996914863586426, 0, -0.03926753997802734, 162].map(Math.fround));
  const file = encodeNifti(source, { ...map, data: new Float32Array(600), shape: [6, 10, 10] });
  assert.equal(file.slice(252, 328), scan.slice(252, 328));
  assert.equal(file.slice(76, 92), scan.slice(76, 92));
});

test.run();
