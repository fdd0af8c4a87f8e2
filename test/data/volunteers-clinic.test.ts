import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { check } from '../../src/config/check.ts';
import { CohortData } from '../../src/config/sections/cohort-data.ts';
import { drawAnatomy } from '../../src/data/volunteers/anatomy.ts';
import { drawDiscs } from '../../src/data/volunteers/draw-discs.ts';
import { withIdealSessions } from '../../src/data/volunteers/ideal-sessions.ts';
import { drawScanSpace } from '../../src/data/volunteers/scan-space.ts';
import type { VolunteersSettings } from '../../src/data/volunteers/settings.ts';
import { simulateScan, type Scan } from '../../src/data/volunteers/simulate-scan.ts';
import { tissueInSession } from '../../src/data/volunteers/tissue-in-session.ts';
import { refused } from './refused.ts';
import { clinicSettings, shippedSettings } from './volunteers-settings.ts';

const test = suite('volunteers as read in the clinic');

const scanOf = (settings: VolunteersSettings, session: string, subject = 1): Scan =>
  simulateScan(settings, drawAnatomy(settings, subject), subject, session);

const upright = drawScanSpace({ shape: [40, 40, 5], voxel: [4, 4, 6], tilt: 0 }, 1);

test('a disc of 12 mm on voxels of 4 mm has nine of them, in one slice', () => {
  const everywhere = new Uint8Array(40 * 40 * 5).fill(1);
  for (const seed of [1, 2, 3]) {
    const drawn = drawDiscs(everywhere, upright, 12, [{ index: 1, count: 1, seed }]);
    const voxels = [...drawn.keys()].filter((i) => drawn[i] === 1);
    assert.is(voxels.length, 9);
    assert.is(new Set(voxels.map((i) => Math.floor(i / 1600))).size, 1);
  }
});

test('discs of a region do not touch while there is room, and stay inside; other regions are left alone', () => {
  const labels = new Uint8Array(40 * 40 * 5).map((_, i) => (i % 40 < 20 ? 1 : 2));
  const drawn = drawDiscs(labels, upright, 12, [{ index: 1, count: 12, seed: 4 }]);
  assert.is(drawn.filter((label) => label === 1).length, 12 * 9);
  assert.ok(drawn.every((label, i) => label === 0 || label === labels[i]));
  assert.is(drawn.filter((label) => label === 2).length, labels.filter((label) => label === 2).length);
});

test('a region smaller than a disc is drawn as far as it goes, one without voxels not at all', () => {
  const labels = new Uint8Array(40 * 40 * 5);
  labels.fill(1, 1620, 1623);
  const wanted = [
    { index: 1, count: 3, seed: 1 },
    { index: 2, count: 3, seed: 1 },
  ];
  const drawn = drawDiscs(labels, upright, 12, wanted);
  assert.equal(drawn, labels);
});

test('every session is followed by an ideal one: same place and noise, no motion, readers of whole organs', async () => {
  const settings = withIdealSessions(await clinicSettings());
  assert.equal(Object.keys(settings.sessions), ['15T', '15Tideal', '3T', '3Tideal']);
  const [read, ideal] = [scanOf(settings, '3T'), scanOf(settings, '3Tideal')];
  assert.equal(ideal.space, read.space);
  assert.equal(ideal.truth.S0, read.truth.S0);
  assert.equal(ideal.organs, read.organs);
  const drawn = ({ drawings }: Scan, region: number) =>
    drawings.get('reader1')!.filter((label) => label === region).length;
  // Discs: 3, 3, 3, 1, 6 and 6, of up to nine voxels each.
  [27, 27, 27, 9, 54, 54].forEach((most, i) => {
    const voxels = drawn(read, i + 1);
    assert.ok(voxels <= most && voxels >= 0.8 * most, `region ${i + 1}: ${voxels} voxels`);
    assert.ok(drawn(ideal, i + 1) > 2 * voxels);
  });
  const still = scanOf({ ...settings, motion: [0, 0, 0] }, '3T');
  assert.equal(still.series, ideal.series, 'only motion makes the images differ');
  assert.is.not(read.series.toString(), ideal.series.toString());
});

test('motion displaces the body: a ball that is displaced by a known distance is where it ought to be', async () => {
  const settings = await shippedSettings();
  const { left_liver } = settings.organs.regions;
  const ball = { center: [0, 0, 0], radii: [30, 30, 30], exponent: 2, turn: 0 } as const;
  const moving: VolunteersSettings = {
    ...settings,
    bValues: Array.from({ length: 60 }, () => 0),
    image: { shape: [40, 40, 30], voxel: [4, 4, 6], tilt: 0 },
    anatomy: { position: 0, size: 0, outline: 0 },
    noise: false,
    subvoxels: 2,
    motion: [1.5, 1.5, 4.5],
    organs: {
      ...settings.organs,
      regions: { ball: { ...left_liver, shape: ball } },
      surroundings: { ...settings.organs.surroundings, radii: [1, 1] },
    },
  };
  const { series, truth } = scanOf(moving, '3T');
  const each = truth.S0.length;
  const middle = (signal: (i: number) => number, step: number, length: number, voxel: number) => {
    let [sum, moment] = [0, 0];
    for (let i = 0; i < each; i++) {
      sum += signal(i);
      moment += signal(i) * voxel * (Math.floor(i / step) % length);
    }
    return moment / sum;
  };
  const sd = ([step, length, voxel]: readonly number[]) => {
    const rest = middle((i) => truth.S0[i], step, length, voxel);
    const offsets = moving.bValues.map(
      (_, k) => middle((i) => series[k * each + i], step, length, voxel) - rest,
    );
    return Math.sqrt(offsets.reduce((sum, offset) => sum + offset * offset, 0) / offsets.length);
  };
  // The standard error of a standard deviation from 60 values is 9 %.
  for (const [axis, wanted] of [
    [[1, 40, 4], 1.5],
    [[40, 40, 4], 1.5],
    [[1600, 30, 6], 4.5],
  ] as const) {
    const found = sd(axis);
    assert.ok(Math.abs(found / wanted - 1) < 0.3, `${found} mm, not ${wanted}`);
  }
});

test('both kidneys are one region, one on either side', async () => {
  const { organs } = scanOf(withIdealSessions(await clinicSettings()), '3Tideal');
  const sides = [5, 6].map((region) => {
    const columns = [...organs.keys()].filter((i) => organs[i] === region).map((i) => i % 64);
    return [columns.filter((i) => i < 32).length, columns.filter((i) => i >= 32).length];
  });
  // The medulla is cut out of the cortex on both sides; the liver covers a little of the right one.
  for (const [right, left] of sides) assert.ok(right > 0.6 * left && left > 100, `${right} and ${left}`);
});

test('f at another echo time: w f / (1 - f + w f) with w = exp(-ΔTE (1/T2 of blood - 1/T2 of tissue))', () => {
  const blood = { T2: { '3T': 275 }, TE: 60 };
  const of = (TE: number) =>
    tissueInSession({ blood }, { T2: { '3T': 42 } }, { field: '3T', TE, TR: 2500 }).bloodWeight;
  assert.is(of(60), 1);
  // By hand: 40 (1/42 - 1/275) = 0.80693.
  assert.ok(Math.abs(of(100) - Math.exp(0.80693)) < 1e-4);
  const none = tissueInSession({}, { T2: { '3T': 42 } }, { field: '3T', TE: 100, TR: 2500 });
  assert.equal(none, { factors: { D: 1, f: 1, Dp: 1 }, bloodWeight: 1 });
});

test('a longer echo time raises f in the maps, and a field may have factors of its own', async () => {
  const settings = await shippedSettings();
  const upTo = (organs: Partial<VolunteersSettings['organs']>, TE: number) => {
    const own = {
      ...settings,
      subvoxels: 1,
      sessions: { scan: { field: '3T', TE, TR: 2500 } },
      organs: { ...settings.organs, ...organs },
    };
    const { truth, organs: labels } = scanOf(own, 'scan');
    const inLiver = [...labels.keys()].filter((i) => labels[i] === 2);
    const mean = (map: Float64Array) => inLiver.reduce((sum, i) => sum + map[i], 0) / inLiver.length;
    return { f: mean(truth.f), D: mean(truth.D) };
  };
  const blood = { T2: { '1.5T': 290, '3T': 275 }, TE: 60 };
  assert.equal(upTo({ blood }, 60), upTo({}, 60));
  assert.ok(upTo({ blood }, 90).f > 1.2 * upTo({}, 90).f);
  const factors = upTo({ atField: { '3T': { D: 1.1, f: 0.5, Dp: 1 } } }, 60);
  assert.ok(Math.abs(factors.D / upTo({}, 60).D - 1.1) < 1e-9);
  assert.ok(Math.abs(factors.f / upTo({}, 60).f - 0.5) < 1e-9);
});

const people = 'virtual: { sessions: { 3T: { field: 3T, TE: 60, TR: 2500 } }, readers: { R1: {} } }';
for (const [yaml, ...says] of [
  [
    people.replace('R1: {}', 'R1: { discs: { number: { livr: 3 } } }'),
    'readers.R1.discs.number.livr',
    'found the region livr',
    'left_liver',
  ],
  [people.replace('R1: {} }', 'R1: {} }, ideal: { readers: { R2: {} } }'), 'ideal.readers', 'found R2', 'R1'],
  [
    people.replace('{ 3T:', '{ 3Tideal:').replace('R1: {} }', 'R1: {} }, ideal: { readers: { R1: {} } }'),
    'sessions.3Tideal',
    'do not end in ideal',
  ],
  [people.replace('{ sessions', '{ motion: [1, 1, -1], sessions'), 'motion[2]', 'found -1'],
] as const) {
  test(`refused: ${says.join(', ')}`, async () => {
    await refused(() => check(CohortData, parse(yaml), () => 'data'), ...says);
  });
}

test.run();
