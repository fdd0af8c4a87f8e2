import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import * as fc from 'fast-check';
import { formatNpyHeader, parseNpyHeader } from '../../src/data/npy-header.ts';
import { openNpy } from '../../src/data/npy-read.ts';
import { openNpyRows } from '../../src/data/npy-rows.ts';
import { npySink } from '../../src/data/npy-sink.ts';
import { encodeNpy } from '../../src/data/npy-write.ts';
import { allocateEstimates } from '../../src/contracts/voxels.ts';
import { refused } from './refused.ts';
import { scratchFolder } from './scratch-folder.ts';

const test = suite('npy');
const { path, put } = scratchFolder();

/** An NPY file as the format's description has it, written by hand. */
function npy(header: string, data: Uint8Array, version = 1): Uint8Array {
  const sizeBytes = version === 1 ? 2 : 4;
  const text = new TextEncoder().encode(header.padEnd(117 - sizeBytes + 2, ' ') + '\n');
  const file = new Uint8Array(8 + sizeBytes + text.length + data.length);
  file.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, version, 0]);
  const view = new DataView(file.buffer);
  if (version === 1) view.setUint16(8, text.length, true);
  else view.setUint32(8, text.length, true);
  file.set(text, 8 + sizeBytes);
  file.set(data, 8 + sizeBytes + text.length);
  return file;
}

const dict = (descr: string, shape: string, fortran = 'False') =>
  `{'descr': '${descr}', 'fortran_order': ${fortran}, 'shape': ${shape}, }`;

function bytesOf(kind: string, numbers: readonly number[]): Uint8Array {
  const size = Number(kind[2]);
  const out = new Uint8Array(numbers.length * size);
  const view = new DataView(out.buffer);
  const little = kind[0] !== '>';
  numbers.forEach((x, i) => {
    const at = i * size;
    if (kind.endsWith('f4')) view.setFloat32(at, x, little);
    else if (kind.endsWith('f8')) view.setFloat64(at, x, little);
    else if (kind.endsWith('i2')) view.setInt16(at, x, little);
    else if (kind.endsWith('u8')) view.setBigUint64(at, BigInt(x), little);
    else view.setUint8(at, x);
  });
  return out;
}

async function readAll(file: string, piece = 2): Promise<number[]> {
  const matrix = await openNpy(file);
  const all: number[] = [];
  for (let first = 0; first < matrix.rows; first += piece) {
    const count = Math.min(piece, matrix.rows - first);
    const into = new Float64Array(count * matrix.columns);
    await matrix.read(first, count, into);
    all.push(...into);
  }
  await matrix.close();
  return all;
}

for (const descr of ['<f4', '>f4', '<f8', '>f8', '|u1', '<i2', '>i2', '<u8', '>u8']) {
  for (const version of [1, 2, 3]) {
    test(`'${descr}', version ${version}, C and Fortran order, read in pieces`, async () => {
      const rows = [1, 2, 3, 4, 5, 6];
      const c = put('c.npy', npy(dict(descr, '(3, 2)'), bytesOf(descr, rows), version));
      assert.equal(await readAll(c), rows);
      const columns = [1, 3, 5, 2, 4, 6];
      const fortran = put('f.npy', npy(dict(descr, '(3, 2)', 'True'), bytesOf(descr, columns), version));
      assert.equal(await readAll(fortran), rows);
    });
  }
}

test('headers written here are read back, and start their numbers at a multiple of 64 bytes', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(1e9), { minLength: 1, maxLength: 4 }),
      fc.constantFrom('f4', 'f8', 'u1'),
      (shape, kind) => {
        const bytes = formatNpyHeader(kind, shape);
        assert.is(bytes.length % 64, 0);
        const header = parseNpyHeader(bytes, 'x');
        assert.equal(header.shape, shape);
        assert.is(header.kind, kind);
        assert.is(header.fortranOrder, false);
        assert.is(header.dataOffset, bytes.length);
      },
    ),
    { seed: 3 },
  );
});

test('the header of a table is, byte for byte, what NumPy 2 writes for np.zeros((10, 4))', () => {
  const expected = `\x93NUMPY\x01\x00v\x00${dict('<f8', '(10, 4)')}`.padEnd(127) + '\n';
  assert.is(Buffer.from(formatNpyHeader('f8', [10, 4])).toString('latin1'), expected);
});

test('wrong headers are refused by what is wrong', async () => {
  const two = bytesOf('<f8', [1, 2]);
  const open = (name: string, data: Uint8Array | string) => () => openNpy(put(name, data));
  await refused(open('e.npy', ''), 'e.npy is empty');
  await refused(open('t.npy', 'not an array at all'), 'not an NPY file');
  await refused(open('v.npy', npy(dict('<f8', '(1, 2)'), two, 9)), 'version 9');
  await refused(open('d.npy', npy(dict('<c16', '(1, 1)'), two)), "'<c16'", '<f8');
  await refused(open('o.npy', npy(dict('|O', '(1, 1)'), two)), "'|O'");
  await refused(
    open('r.npy', npy(`{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (2,), }`, two)),
    'records',
  );
  await refused(open('k.npy', npy(`{'fortran_order': False, 'shape': (2,), }`, two)), "no readable 'descr'");
  await refused(open('s.npy', npy(dict('<f8', '(a, 2)'), two)), "'shape' holds a");
  await refused(open('1.npy', npy(dict('<f8', '(2,)'), two)), '1 dimensions', 'reshape(1, -1)');
  await refused(open('3.npy', npy(dict('<f8', '(1, 1, 2)'), two)), '3 dimensions', '1 x 1 x 2');
  await refused(open('0.npy', npy(dict('<f8', '(0, 2)'), two)), 'no numbers');
  await refused(open('short.npy', npy(dict('<f8', '(3, 2)'), two)), 'cut short', '3 x 2', '176', '144');
  await refused(open('h.npy', npy(dict('<f8', '(1, 2)'), two).slice(0, 40)), 'cut short', '128', '40');
  await refused(() => openNpy(path('none.npy')), 'none.npy', 'no such file');
});

test('a table without b=0 counts as divided by it, or as measured, by its signals at the lowest b-value', async () => {
  const bval = put('without-b0.bval', '20 200 800\n');
  const opened = async (...rows: number[]) => {
    const bytes = npy(dict('<f8', `(${rows.length / 3}, 3)`), bytesOf('<f8', rows));
    const source = await openNpyRows(put('without-b0.npy', bytes), bval);
    await source.close();
    return source;
  };
  const divided = await opened(0.92, 0.7, 0.4, 0.95, 0.8, 0.5);
  assert.equal([divided.normalised, divided.notes], [true, []]);
  const byLowest = await opened(1, 0.7, 0.4, 1, 0.8, 0.5);
  assert.is(byLowest.normalised, false);
  assert.match(byLowest.notes.join(), 'all signals at the lowest b-value, 20, are 1');
  const measured = await opened(920, 700, 400, 950, 800, 500);
  assert.is(measured.normalised, false);
  assert.match(measured.notes.join(), 'far above 1');
});

test('pieces of estimates may come in any order', async () => {
  const out = path('out.npy');
  const sink = await npySink(out, 3);
  const piece = (n: number, start: number) => {
    const estimates = allocateEstimates(n);
    for (let i = 0; i < n; i++) {
      estimates.S0[i] = start + i;
      estimates.D[i] = 10 + start + i;
      estimates.f[i] = 20 + start + i;
    }
    return estimates;
  };
  await sink.write(2, piece(1, 2));
  await sink.write(0, piece(2, 0));
  await (await sink.finish()).commit();
  assert.equal(await readAll(out), [0, 10, 20, NaN, 1, 11, 21, NaN, 2, 12, 22, NaN]);
});

test('what is written has the bytes its header promises, whatever the machine', () => {
  const file = encodeNpy(Float64Array.of(1, -2), [2]);
  const { dataOffset, littleEndian, kind } = parseNpyHeader(file, 'x.npy');
  assert.equal([littleEndian, kind], [true, 'f8']);
  assert.equal([...file.subarray(dataOffset)], [0, 0, 0, 0, 0, 0, 240, 63, 0, 0, 0, 0, 0, 0, 0, 192]);
  const bytes = encodeNpy(Uint8Array.of(7, 9), [2]);
  assert.equal([...bytes.subarray(parseNpyHeader(bytes, 'y.npy').dataOffset)], [7, 9]);
});

test.run();
