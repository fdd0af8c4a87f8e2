import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { drawAnatomy } from '../../src/data/volunteers/anatomy.ts';
import { simulateScan } from '../../src/data/volunteers/simulate-scan.ts';
import { displaced, ghosted } from '../../src/images/abdomens/artefacts.ts';
import { DifficultySettings } from '../../src/images/abdomens/settings.ts';
import { simulateAbdomen } from '../../src/images/abdomens/simulate.ts';
import { foregroundMedian } from '../../src/images/normalise.ts';
import { near } from '../agreement/near.ts';
import { smallSettings } from '../data/volunteers-settings.ts';

const test = suite('images: abdomens');

const volunteers = {
  ...(await smallSettings()),
  sessions: { scan: { field: '3T', TE: 60, TR: 2500 } },
  image: { shape: [32, 24, 4], voxel: [8, 8, 10], tilt: 3 } as const,
  bValues: [0, 50, 400, 800],
  subvoxels: 1,
};
const easy = DifficultySettings.parse({
  ...{ likeness: 0, brightness: 0, texture: { sd: 0 }, bowel: 0, vessels: 0, fat: 0 },
  ...{ motion: { across: 0, along: 0 }, bias: 0, ghosting: 0, noise: 0 },
});

test('with nothing made difficult it is a scan of the virtual volunteers without noise', () => {
  const known = { ...volunteers, noise: false };
  const scan = simulateScan(known, drawAnatomy(known, 2), 2, 'scan');
  const abdomen = simulateAbdomen({ volunteers, difficulty: easy }, 2);
  assert.equal(abdomen.truth, scan.organs);
  assert.equal([...abdomen.drawings], [...scan.drawings]);
  const level = foregroundMedian(scan.series.slice(0, scan.organs.length));
  scan.series.forEach((value, i) => near(abdomen.series[i], value / level, 1e-5));
});

test('what makes it difficult changes the image, and neither the truth nor the drawings', () => {
  const plain = simulateAbdomen({ volunteers, difficulty: easy }, 1);
  const each = plain.truth.length;
  for (const harder of [
    { likeness: 0.5 },
    { brightness: 0.2 },
    { texture: { sd: 0.1, distance: 10 } },
    { bowel: 8 },
    { fat: 8 },
    { vessels: 8 },
    { motion: { across: 3, along: 3 } },
    { bias: 0.2 },
    { ghosting: 0.1 },
    { noise: 1 },
  ]) {
    const name = Object.keys(harder)[0];
    const other = simulateAbdomen({ volunteers, difficulty: { ...easy, ...harder } }, 1);
    assert.equal(other.truth, plain.truth, name);
    assert.equal([...other.drawings], [...plain.drawings], name);
    const changed = other.series.filter((value, i) => Math.abs(value - plain.series[i]) > 1e-3).length;
    assert.ok(changed > 10 && other.series.every(Number.isFinite), `${name}: ${changed} of ${4 * each}`);
  }
});

test('the same person is the same, another is not', () => {
  const settings = { volunteers, difficulty: DifficultySettings.parse({}) };
  const [one, again, other] = [1, 1, 2].map((person) => simulateAbdomen(settings, person));
  assert.equal(one, again);
  assert.ok(one.series.some((value, i) => value !== other.series[i]));
  assert.ok(one.truth.every((label) => label <= 6));
});

test('displaced by whole voxels values move; ghosts keep the sum', () => {
  const size = [2, 4, 3] as const;
  const values = Float32Array.from({ length: 24 }, (_, i) => i * i);
  assert.equal(displaced(values, size, 0, 0), values);
  const moved = displaced(values, size, 1, 0);
  // Row y has what row y - 1 had; the first row goes on.
  assert.equal([...moved.slice(0, 8)], [0, 1, 0, 1, 4, 9, 16, 25]);
  assert.equal([...displaced(values, size, 0, -1).slice(0, 8)], [...values.slice(8, 16)]);
  near(displaced(values, size, 0.25, 0)[2], 0.75 * 4 + 0.25 * 0, 1e-6);
  const ghost = ghosted(values, size, 0.25);
  const sum = (of: Float32Array) => of.reduce((total, value) => total + value, 0);
  near(sum(ghost), sum(values), 1e-3);
  near(ghost[0], 0.75 * values[0] + 0.25 * values[4], 1e-6);
});

test.run();
