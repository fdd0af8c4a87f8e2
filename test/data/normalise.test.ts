import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import * as fc from 'fast-check';
import { Status } from '../../src/contracts/voxels.ts';
import { allocateRows, normalise, usedSignals } from '../../src/data/normalise.ts';
import { measuredProtocol } from '../../src/data/measured-protocol.ts';
import { refused } from './refused.ts';

const test = suite('normalise');

test('repeats are averaged, b-values sorted, rows divided by their b=0 mean', () => {
  const protocol = measuredProtocol(Float64Array.of(500, 0, 100, 0, 1000), false, 'x');
  assert.equal(Array.from(protocol.bValues), [0, 100, 500, 1000]);
  assert.ok(protocol.notes.some((note) => note.includes('0 (2 times)')));
  const rows = allocateRows(1, 4, false);
  const n = normalise(Float64Array.of(50, 90, 80, 110, 25), 1, protocol, rows);
  assert.is(n, 1);
  assert.equal(Array.from(rows.values), [1, 0.8, 0.5, 0.25]);
  assert.is(rows.scale[0], 100);
});

test('without b=0 the lowest b-value stays what it is', () => {
  const protocol = measuredProtocol(Float64Array.of(700, 15, 300, 15, 1000), false, 'x');
  assert.equal(Array.from(protocol.bValues), [15, 300, 700, 1000]);
});

test('rows without b=0 that were divided before get it back as 1', () => {
  const protocol = measuredProtocol(Float64Array.of(10, 100, 1000), true, 'x');
  const rows = allocateRows(1, 4, false);
  assert.is(normalise(Float64Array.of(0.9, 0.8, 0.3), 1, protocol, rows), 1);
  assert.equal(Array.from(rows.values), [1, 0.9, 0.8, 0.3]);
  assert.is(rows.scale[0], 1);
});

test('rows that cannot be fitted are left out with their reason', () => {
  const protocol = measuredProtocol(Float64Array.of(0, 10, 100, 1000), false, 'x');
  const good = [100, 90, 80, 30];
  const raw = Float64Array.of(
    ...[0, 0, 0, 0],
    ...good,
    ...[100, NaN, 80, 30],
    ...[100, 90, Infinity, 30],
    ...[0, 90, 80, 30],
    ...[-5, 90, 80, 30],
    ...good,
    ...[1e-320, 90, 80, 30],
  );
  const rows = allocateRows(8, 4, false);
  const inside = Uint8Array.of(1, 1, 1, 1, 1, 1, 0, 1);
  assert.is(normalise(raw, 8, protocol, rows, inside), 1);
  assert.equal(Array.from(rows.rows.subarray(0, 1)), [1]);
  const { background, notFinite } = Status;
  assert.equal(Array.from(rows.status), [
    background,
    0,
    notFinite,
    notFinite,
    notFinite,
    notFinite,
    background,
    notFinite,
  ]);
});

test('noise is divided like the signal, and by the root of the repeats', () => {
  const protocol = measuredProtocol(Float64Array.of(0, 0, 10, 10, 100, 100, 1000, 1000), false, 'x');
  const rows = allocateRows(1, 4, true);
  normalise(Float64Array.of(200, 200, 1, 1, 1, 1, 1, 1), 1, protocol, rows, undefined, 10);
  assert.ok(Math.abs(usedSignals(protocol.bValues, rows, 1).sigma![0] - 10 / Math.SQRT2 / 200) < 1e-15);
});

test('neither the order of the volumes nor the unit of the signal matters, and the input stays as it was', () => {
  const volume = fc.record({
    b: fc.constantFrom(0, 0, 20, 50, 100, 400, 800),
    s: fc.double({ min: 1, max: 1e4, noNaN: true }),
  });
  fc.assert(
    fc.property(
      fc.array(volume, { minLength: 3, maxLength: 20 }),
      fc.double({ min: 1e-3, max: 1e3, noNaN: true }),
      (extra, unit) => {
        const volumes = [...extra, ...[0, 20, 50, 100].map((b) => ({ b, s: 10 + b }))];
        const run = (list: typeof volumes, factor: number) => {
          const protocol = measuredProtocol(
            Float64Array.from(list, ({ b }) => b),
            false,
            'x',
          );
          const raw = Float64Array.from(list, ({ s }) => s * factor);
          const before = raw.slice();
          const rows = allocateRows(1, protocol.bValues.length, false);
          assert.is(normalise(raw, 1, protocol, rows), 1);
          assert.equal(raw, before);
          return rows;
        };
        const plain = run(volumes, 1);
        const turned = run([...volumes].reverse(), unit);
        assert.is(plain.values[0], 1);
        plain.values.forEach((value, i) => assert.ok(Math.abs(turned.values[i] / value - 1) < 1e-12));
        assert.ok(Math.abs(turned.scale[0] / plain.scale[0] / unit - 1) < 1e-12);
      },
    ),
    { seed: 7 },
  );
});

test('fewer than three different b-values are refused, a jittering shell being one', async () => {
  await refused(
    () => measuredProtocol(Float64Array.of(0, 0, 986, 1000, 1004), false, 's.bval'),
    's.bval',
    '2 different',
    '3',
  );
  await refused(() => measuredProtocol(Float64Array.of(1000), true, 's.csv'), '2 different');
  const jittered = measuredProtocol(Float64Array.of(0, 10, 500, 986, 1004), false, 's.bval');
  assert.equal(Array.from(jittered.bValues), [0, 10, 500, 986, 1004]);
});

test('impossible b-values are refused with what they may be', async () => {
  for (const [b, hint] of [
    [1e9 + 10, 'GE'],
    [1e9, 's/m²'],
    [3e8, 's/m²'],
  ] as const) {
    await refused(
      () => measuredProtocol(Float64Array.of(0, b / 10, b), false, 'x'),
      'impossible',
      ...(b === 1e9 + 10 ? [] : [hint]),
    );
  }
  await refused(() => measuredProtocol(Float64Array.of(0, 1e9 + 10, 1e9 + 500), false, 'x'), 'GE');
});

test('signals within one step of scaling of 0 are background', () => {
  const protocol = measuredProtocol(Float64Array.of(0, 100, 1000), false, 'x', 0.0186);
  const rows = allocateRows(3, 3, false);
  const raw = Float64Array.of(0.003, 0.003, 0.003, 0.003, -0.0186, 0, 0.003, 0.02, 0.003);
  assert.is(normalise(raw, 3, protocol, rows), 1);
  assert.equal(Array.from(rows.status), [Status.background, Status.background, 0]);
});

test('b-values that look like ms/µm² are remarked upon', () => {
  const { notes } = measuredProtocol(Float64Array.of(0, 0.1, 0.5, 1), false, 'x');
  assert.ok(notes.some((note) => note.includes('ms/µm²')));
});

test.run();
