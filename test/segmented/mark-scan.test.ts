import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { canonicalGrid } from '../../src/images/canonical-grid.ts';
import { nearestLabels } from '../../src/images/nearest-labels.ts';
import { gridOf, placeOf, voxelCount, type Grid, type Triple } from '../../src/images/volume.ts';
import { QuickRandom } from '../../src/random/quick-random.ts';
import { markScan, type MarkableScan } from '../../src/segmented/mark-scan.ts';
import { decodeNetwork, trainingWords } from '../../src/segmented/saved-network.ts';
import { refused } from '../data/refused.ts';
import { untrainedNetwork } from './untrained-network.ts';

const test = suite('segmented: marking a scan');

const random = new QuickRandom(4);
/** Slightly oblique, to the left, front and head. */
const grid = gridOf(
  [8, 8, 3],
  [
    [-4, 0.1, 0, 12],
    [0.1, 4, 0.2, -15],
    [0, -0.2, 6, 3],
  ],
);
const volumes = [0, 1, 2].map(() =>
  Float32Array.from({ length: voxelCount(grid) }, () => 50 + 100 * random.uniform()),
);
const scanOf = (
  given: Grid,
  of: readonly Float32Array[],
  bValues: readonly number[] = [500, 0, 0],
): MarkableScan => ({
  ...{ name: 'scan.nii', grid: given, bValues },
  volumes: async (which) => Promise.resolve(which.map((index) => of[index])),
});

/** The same scan with axes in another order and direction. */
function turned(order: Triple, flips: number): { grid: Grid; places: number[] } {
  const flipped = (a: number) => ((flips >> a) & 1) === 1;
  const shape = order.map((axis) => grid.shape[axis]) as unknown as Triple;
  const affine = grid.affine.map((row) => [
    ...order.map((axis, a) => (flipped(a) ? -row[axis] : row[axis])),
    order.reduce((sum, axis, a) => sum + (flipped(a) ? row[axis] * (shape[a] - 1) : 0), row[3]),
  ]);
  const places: number[] = [];
  for (let k = 0; k < shape[2]; k++)
    for (let j = 0; j < shape[1]; j++)
      for (let i = 0; i < shape[0]; i++) {
        const at = [0, 0, 0];
        [i, j, k].forEach((index, a) => (at[order[a]] = flipped(a) ? shape[a] - 1 - index : index));
        places.push(at[0] + grid.shape[0] * (at[1] + grid.shape[1] * at[2]));
      }
  return { grid: gridOf(shape, affine), places };
}

test('a network whose weights are averaged marks a scan by their average', async () => {
  const [plain, averaged] = await Promise.all([untrainedNetwork(), untrainedNetwork(0.9)]);
  const marked = await Promise.all(
    [plain, averaged].map(({ record, files }) => markScan(record, files, scanOf(grid, volumes))),
  );
  assert.ok(new Set(marked[0].labels).size > 1, 'an untrained network marks something');
  assert.equal(marked[1].labels, marked[0].labels);
});

test('a scan is marked alike however its axes run', async () => {
  const { record, files } = await untrainedNetwork();
  const { labels, notes } = await markScan(record, files, scanOf(grid, volumes));
  assert.ok(new Set(labels).size > 1, 'an untrained network marks something');
  assert.equal(notes, []);
  for (const [order, flips] of [
    [[0, 1, 2], 1],
    [[0, 1, 2], 6],
    [[1, 0, 2], 3],
    [[2, 0, 1], 5],
  ] as const) {
    const other = turned(order, flips);
    const moved = volumes.map((volume) => Float32Array.from(other.places, (place) => volume[place]));
    const again = await markScan(record, files, scanOf(other.grid, moved));
    assert.equal(
      again.labels,
      Uint8Array.from(other.places, (place) => labels[place]),
    );
    assert.match(again.notes[0], 'axes of the scan run otherwise');
  }
});

test('volumes of a b-value are averaged, and the unit of the scan does not matter', async () => {
  const { record, files } = await untrainedNetwork();
  const { labels } = await markScan(record, files, scanOf(grid, volumes));
  const b0 = volumes[1].map((value, i) => (value + volumes[2][i]) / 2);
  const scaled = [b0, volumes[0]].map((volume) => volume.map((value) => 64 * value));
  const again = await markScan(record, files, scanOf(grid, scaled, [0, 505]));
  assert.equal(again.labels, labels);
  assert.match(again.notes[0], /^b = 500 s\/mm² of the network are those of the scan within/);
});

test('a scan of other voxels is resampled, whatever its size, and its labels are on its own voxels', async () => {
  const { record, files } = await untrainedNetwork();
  const fine = gridOf(
    [11, 9, 5],
    [
      [-2, 0, 0, 10],
      [0, 2, 0, -9],
      [0, 0, 5, 0],
    ],
  );
  const values = Float32Array.from({ length: voxelCount(fine) }, () => 1 + random.uniform());
  const { labels, notes } = await markScan(record, files, scanOf(fine, [values, values], [0, 500]));
  assert.is(labels.length, voxelCount(fine));
  assert.match(notes[0], /^the scan has voxels of 2 x 2 x 5 mm; .* the 4 x 4 x 6 mm .* far from them/);
});

test('the canonical grid covers the scan, runs to the left, front and head, and keeps voxels of the right size', () => {
  for (let n = 0; n < 200; n++) {
    const shape: Triple = [1 + Math.floor(7 * random.uniform()), 4, 1 + Math.floor(4 * random.uniform())];
    const angle = 0.4 * (random.uniform() - 0.5);
    const [c, s] = [Math.cos(angle), Math.sin(angle)];
    const size = 1 + 4 * random.uniform();
    const scan = gridOf(shape, [
      [size * c, -3 * s, 0, 7],
      [size * s, 3 * c, 0, -2],
      [0, 0, -5, 4],
    ]);
    const own = n % 2 === 0;
    const wanted: Triple = own ? scan.voxel : [2.5, 2.5, 4];
    const found = canonicalGrid(scan, wanted, [4, 2, 1]);
    assert.is(found.turned, true);
    const { affine } = found.grid;
    assert.ok(affine[0][0] < 0 && affine[1][1] > 0 && affine[2][2] > 0);
    assert.ok(found.grid.shape[0] % 4 === 0 && found.grid.shape[1] % 2 === 0);
    // Every voxel of the scan lies in one of the grid: labels of 1 come back as 1.
    const ones = new Uint8Array(voxelCount(found.grid)).fill(1);
    assert.ok(nearestLabels(ones, found.grid, scan).every((label) => label === 1));
    if (!own) continue;
    // The middle of the first voxel is the middle of one of the scan's.
    const numbers = Uint8Array.from({ length: voxelCount(found.grid) }, (_, i) => i);
    const back = nearestLabels(numbers, found.grid, scan);
    assert.is(new Set(back).size, voxelCount(scan));
    const [px, py, pz] = placeOf(scan, [0, 0, 0]);
    const at = back[0];
    const [nx, ny] = found.grid.shape;
    const middle = placeOf(found.grid, [at % nx, Math.floor(at / nx) % ny, Math.floor(at / (nx * ny))]);
    assert.ok(Math.hypot(middle[0] - px, middle[1] - py, middle[2] - pz) < 1e-6);
  }
});

test('a scan that lacks a b-value or holds nothing, and weights of another network are refused in a line', async () => {
  const { record, files } = await untrainedNetwork();
  const mark =
    (scan: MarkableScan, of = files) =>
    () =>
      markScan(record, of, scan);
  await refused(
    mark(scanOf(grid, volumes, [0, 400, 800])),
    'scan.nii: has no volume at b=500, which the network is given',
    'the scan has 0, 400, 800',
  );
  const empty = volumes.map((volume) => volume.map(() => 0));
  await refused(mark(scanOf(grid, empty)), 'scan.nii: holds no value above 0 at b=0');
  const damaged = new Map([...files].map(([name, bytes]) => [name, bytes.slice(0, -4)]));
  await refused(mark(scanOf(grid, volumes), damaged), 'missing, damaged, or of another network');
});

test('a manifest says what it was trained on; what is none is refused in a line', async () => {
  const { files } = await untrainedNetwork();
  assert.is(
    trainingWords(decodeNetwork(files, 'here')),
    'unet, trained on 7 virtual people (and 2 to choose its epoch) at 3T, TE 60 ms, b = 0, 500 s/mm², voxels of 4 x 4 x 6 mm, SNR 30',
  );
  const with_ = (text: string) => () =>
    Promise.resolve(decodeNetwork(new Map([['manifest.json', new TextEncoder().encode(text)]]), 'here'));
  const own = new TextDecoder().decode(files.get('manifest.json')).replace('"unet"', '"./mine.ts"');
  await refused(with_(own), 'here: manifest.json: model.use: found "./mine.ts", the path of a file');
  await refused(() => Promise.resolve(decodeNetwork(new Map(), 'here')), 'here: holds no manifest.json');
  await refused(with_('{'), 'is not JSON');
  await refused(with_('{"fitter": "dnn"}'), 'here: is a network of fitter dnn; allowed');
  await refused(with_('{"format": "ivim-bench segmentation network", "version": 1}'), 'manifest.json: model');
});

test.run();
