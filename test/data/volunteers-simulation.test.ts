import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { drawAnatomy, holds } from '../../src/data/volunteers/anatomy.ts';
import { eachVoxel } from '../../src/data/volunteers/each-voxel.ts';
import { Occupancy } from '../../src/data/volunteers/occupancy.ts';
import { b0Signal, noiseLevel } from '../../src/data/volunteers/relaxation.ts';
import { drawScanSpace } from '../../src/data/volunteers/scan-space.ts';
import type { Region, VolunteersSettings } from '../../src/data/volunteers/settings.ts';
import { simulateScan, type Scan } from '../../src/data/volunteers/simulate-scan.ts';
import { biexponential } from '../../src/signal/biexponential.ts';
import { shippedSettings, smallSettings } from './volunteers-settings.ts';

const test = suite('volunteers-simulation');

const scanOf = (settings: VolunteersSettings, subject: number, session = '15T'): Scan =>
  simulateScan(settings, drawAnatomy(settings, subject), subject, session);

/** One organ of a known shape in an upright person who is like everybody else. */
async function oneOrgan(shape: Region['shape']): Promise<VolunteersSettings> {
  const settings = await smallSettings();
  const { left_liver } = settings.organs.regions;
  return {
    ...settings,
    image: { shape: [40, 40, 40], voxel: [3, 3, 3], tilt: 0 },
    anatomy: { position: 0, size: 0, outline: 0 },
    organs: { ...settings.organs, regions: { organ: { ...left_liver, shape } } },
  };
}

/** The volume of an organ in mm³, partly filled voxels counted by their share. */
function volume(settings: VolunteersSettings, points: number): number {
  const space = drawScanSpace(settings.image, 1);
  const occupancy = new Occupancy(drawAnatomy(settings, 1), space, points);
  const shares = new Float64Array(2);
  let sum = 0;
  eachVoxel(space, (voxel, x, y, z) => {
    occupancy.shares(voxel, x, y, z, shares);
    assert.ok(shares[0] + shares[1] <= 1 + 1e-12);
    sum += shares[1];
  });
  const [a, b, c] = settings.image.voxel;
  return sum * a * b * c;
}

test('a ball has the volume of a ball, and the finer the voxels are looked into the closer', async () => {
  const ball = await oneOrgan({ center: [5, -4, 3], radii: [40, 40, 40], exponent: 2, turn: 0 });
  const exact = (4 / 3) * Math.PI * 40 ** 3;
  assert.ok(Math.abs(volume(ball, 4) / exact - 1) < 0.001, `${volume(ball, 4)} mm³, not ${exact}`);
  assert.ok(Math.abs(volume(ball, 1) / exact - 1) < 0.01);
});

test('a superellipsoid has its volume by the beta function, whichever way it is turned', async () => {
  // 8 a b c Γ(1 + 1/e)³ / Γ(1 + 3/e), with Γ(1.25) = 0.9064024770554771 and Γ(1.75) = 0.9190625268488832 for e = 4.
  const exact = (8 * 40 * 30 * 20 * 0.9064024770554771 ** 3) / 0.9190625268488832;
  for (const turn of [0, 33]) {
    const box = await oneOrgan({ center: [0, 0, 0], radii: [40, 30, 20], exponent: 4, turn });
    assert.ok(Math.abs(volume(box, 4) / exact - 1) < 0.002, `${volume(box, 4)} mm³, not ${exact}`);
  }
});

test('corners that agree spare no voxel that holds two tissues', async () => {
  const settings = await shippedSettings();
  const space = drawScanSpace(settings.image, 7);
  const anatomy = drawAnatomy(settings, 2);
  const occupancy = new Occupancy(anatomy, space, 3);
  const shares = new Float64Array(7);
  const alone = { ...space, shape: [1, 1, 1] as const };
  let mixed = 0;
  let missed = 0;
  eachVoxel(space, (voxel, x, y, z) => {
    occupancy.shares(voxel, x, y, z, shares);
    if (shares.some((share) => share > 0 && share < 0.999)) {
      mixed++;
      return;
    }
    if (voxel % 7 !== 0) return;
    // The same voxel looked into at its middles of thirds, one point at a time.
    const [a, b, c] = alone.columns;
    const whole = shares.findIndex((share) => share > 0);
    for (let p = 0; p < 27; p++) {
      const [i, j, k] = [p % 3, Math.floor(p / 3) % 3, Math.floor(p / 9)].map((step) => (step - 1) / 3);
      const at = (row: number) => a[row] * i + b[row] * j + c[row] * k;
      const [px, py, pz] = [x + at(0), y + at(1), z + at(2)];
      const organ = anatomy.organs.find((organ) => holds(organ, px, py, pz))?.index;
      const body = (px / 120) ** 2 + (py / 86) ** 2 < 1 ? 0 : -1;
      if ((organ ?? body) !== whole) missed++;
    }
  });
  assert.ok(mixed > 3000, `${mixed} mixed voxels`);
  assert.is(missed, 0, 'points of other tissue in voxels taken to be of one');
});

test("the patient's right is at the low end of the first axis, the front at the high end of the second", async () => {
  const { organs } = scanOf(await shippedSettings(), 1);
  const middle = (index: number): number[] => {
    const sum = [0, 0, 0, 0];
    organs.forEach((label, voxel) => {
      if (label !== index) return;
      [voxel % 64, Math.floor(voxel / 64) % 48, Math.floor(voxel / 64 / 48), 1].forEach(
        (v, i) => (sum[i] += v),
      );
    });
    return sum.slice(0, 3).map((value) => value / sum[3]);
  };
  const [left, right, pancreas, spleen, cortex, medulla] = [1, 2, 3, 4, 5, 6].map(middle);
  assert.ok(right[0] < left[0] && left[0] < pancreas[0] && pancreas[0] < spleen[0]);
  assert.ok(cortex[1] < pancreas[1] && pancreas[1] < left[1]);
  assert.ok(
    Math.hypot(medulla[0] - cortex[0], medulla[1] - cortex[1]) < 2,
    'the medulla is inside the cortex',
  );
});

test('the medulla has no neighbour but itself and the cortex', async () => {
  const { organs } = scanOf(await shippedSettings(), 4);
  const beside = new Set<number>();
  organs.forEach((label, voxel) => {
    if (label === 6) for (const step of [-1, 1, -64, 64]) beside.add(organs[voxel + step]);
  });
  assert.equal([...beside].sort(), [5, 6]);
});

test('without noise and mixed voxels, signals are the decay of the true maps', async () => {
  const settings = { ...(await smallSettings()), noise: false, subvoxels: 1 };
  const { series, truth, sigma } = scanOf(settings, 1);
  assert.is(sigma, 0);
  const { S0, D, f, Dp } = truth;
  const n = S0.length;
  let compared = 0;
  for (let i = 0; i < n; i++) {
    if (S0[i] === 0) {
      assert.ok(Number.isNaN(D[i]) && Number.isNaN(f[i]) && Number.isNaN(Dp[i]));
      assert.is(series[i], 0);
      continue;
    }
    settings.bValues.forEach((b, k) => {
      const expected = S0[i] * biexponential(b, D[i], f[i], Dp[i]);
      assert.ok(Math.abs(series[k * n + i] / expected - 1) < 1e-7);
    });
    compared++;
  }
  assert.ok(compared > 1000);
});

test('a mixed voxel decays at first as the true maps say', async () => {
  // At b -> 0 the slope of the signal is -(f Dp + (1 - f) D), of the mixture as of its tissues.
  const settings = { ...(await smallSettings()), noise: false, subvoxels: 3, bValues: [0, 0.01] };
  const { series, truth, organs } = scanOf(settings, 1);
  const { S0, D, f, Dp } = truth;
  let edges = 0;
  for (let i = 0; i < S0.length; i++) {
    if (organs[i] === 0 || organs[i - 1] === organs[i]) continue;
    const expected = S0[i] * (1 - 0.01 * (f[i] * Dp[i] + (1 - f[i]) * D[i]));
    assert.ok(Math.abs(series[S0.length + i] / expected - 1) < 2e-6);
    edges++;
  }
  assert.ok(edges > 100);
});

test('S0 is weighted by T1 and T2, and sigma is the mean over the regions by the SNR', async () => {
  // 10000 (1 - exp(-2500/576)) exp(-60/46), by hand.
  const { organs, sessions } = await shippedSettings();
  assert.ok(Math.abs(b0Signal(organs.regions['left_liver'], sessions['15T']) - 2678.12972186) < 1e-6);
  const mean = Object.values(organs.regions).reduce((sum, r) => sum + b0Signal(r, sessions['3T']) / 6, 0);
  assert.ok(Math.abs(mean / noiseLevel(organs, sessions['3T']) - 30) < 1e-9);
  const { series, truth, sigma } = scanOf({ ...(await smallSettings()), subjects: 1 }, 1);
  // Air holds Rayleigh noise, whose square is exponential with mean 2 sigma² (Gudbjartsson and Patz 1995): the mean of n
  // squares has a relative standard error of 1 / sqrt(n).
  const air = series.filter((_, i) => truth.S0[i % truth.S0.length] === 0);
  const square = air.reduce((sum, s) => sum + s * s, 0) / air.length;
  assert.ok(air.length > 10_000, `${air.length}`);
  assert.ok(
    Math.abs(square / (2 * sigma * sigma) - 1) < 4 / Math.sqrt(air.length),
    `${square} for sigma ${sigma}`,
  );
});

test('people differ by the coefficients of variation of the settings', async () => {
  const settings = await shippedSettings();
  const people = Array.from({ length: 1500 }, (_, i) => drawAnatomy(settings, i + 1));
  for (const [parameter, cv] of [
    ['D', 0.08],
    ['f', 0.18],
    ['Dp', 0.25],
  ] as const) {
    const values = people.map(({ organs }) => organs.find(({ name }) => name === 'spleen')!.mean[parameter]);
    const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
    const sd = Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (values.length - 1));
    assert.ok(Math.abs(mean / settings.organs.regions['spleen'][parameter] - 1) < 0.02);
    assert.ok(Math.abs(sd / mean / cv - 1) < 0.08, `${parameter}: ${sd / mean}, not ${cv}`);
  }
});

test('tissue varies within a region by the settings, smoothly', async () => {
  const settings = { ...(await shippedSettings()), noise: false, subvoxels: 1 };
  const between = { D: 0, f: 0, Dp: 0 };
  let [shared, all] = [0, 0];
  for (let subject = 1; subject <= 6; subject++) {
    const { organs, truth } = scanOf(settings, subject);
    for (const parameter of ['D', 'f', 'Dp'] as const) {
      const values = truth[parameter].filter((_, i) => organs[i] === 2);
      const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
      const variance = values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length;
      between[parameter] += Math.sqrt(variance) / mean / 6;
      if (parameter !== 'D') continue;
      organs.forEach((label, i) => {
        if (label !== 2 || organs[i + 1] !== 2) return;
        shared += (truth.D[i] - mean) * (truth.D[i + 1] - mean);
        all += (truth.D[i] - mean) ** 2;
      });
    }
  }
  for (const [parameter, cv] of [
    ['D', 0.08],
    ['f', 0.2],
    ['Dp', 0.3],
  ] as const) {
    assert.ok(Math.abs(between[parameter] / cv - 1) < 0.2, `${parameter}: ${between[parameter]}, not ${cv}`);
  }
  // Neighbours 4 mm apart under exp(-r² / (2 8²)).
  assert.ok(Math.abs(shared / all - Math.exp(-16 / 128)) < 0.08, `correlation ${shared / all}`);
});

test('a person is the same whatever else is simulated, and another with another seed', async () => {
  const settings = await smallSettings();
  const scan = scanOf(settings, 2, '3T');
  const more = scanOf({ ...settings, subjects: 300 }, 2, '3T');
  assert.equal(more.series, scan.series);
  assert.equal(more.drawings, scan.drawings);
  const { reader2 } = settings.readers;
  const fewer = scanOf(
    { ...settings, sessions: { '3T': settings.sessions['3T'] }, readers: { reader2 } },
    2,
    '3T',
  );
  assert.equal(fewer.series, scan.series);
  assert.equal(fewer.drawings.get('reader2'), scan.drawings.get('reader2'));
  assert.not.equal(scanOf({ ...settings, seed: 2021 }, 2, '3T').truth, scan.truth);
  assert.not.equal(scanOf(settings, 1, '3T').organs, scan.organs);
  assert.not.equal(scan.drawings.get('reader1'), scan.drawings.get('reader2'));
});

test('the same tissue is in both sessions, and none of the noise', async () => {
  const settings = await shippedSettings();
  const [low, high] = [scanOf(settings, 1, '15T'), scanOf(settings, 1, '3T')];
  assert.not.equal(low.space.columns, high.space.columns);
  const mean = ({ organs, truth }: Scan) => {
    const values = truth.Dp.filter((_, i) => organs[i] === 2);
    return values.reduce((sum, v) => sum + v, 0) / values.length;
  };
  assert.ok(Math.abs(mean(low) / mean(high) - 1) < 0.05);
  assert.not.equal(low.sigma, high.sigma);
});

test('readers agree as people do: Dice between 0.75 and 0.95 in every region', async () => {
  const settings = await shippedSettings();
  const names = Object.keys(settings.organs.regions);
  const sums = names.map(() => ({ dice: 0, first: 0, second: 0 }));
  for (let subject = 1; subject <= 4; subject++) {
    const [a, b] = [...scanOf(settings, subject).drawings.values()];
    names.forEach((_, r) => {
      let [na, nb, both] = [0, 0, 0];
      for (let i = 0; i < a.length; i++) {
        const [inA, inB] = [a[i] === r + 1, b[i] === r + 1];
        na += Number(inA);
        nb += Number(inB);
        both += Number(inA && inB);
      }
      const dice = (2 * both) / (na + nb);
      assert.ok(dice > 0.7 && dice < 0.98, `${names[r]} of subject ${subject}: ${dice}`);
      sums[r].dice += dice / 4;
      sums[r].first += na;
      sums[r].second += nb;
    });
  }
  sums.forEach(({ dice }, r) => assert.ok(dice > 0.75 && dice < 0.95, `${names[r]}: ${dice}`));
  const drawn = (which: 'first' | 'second') => sums.reduce((sum, region) => sum + region[which], 0);
  assert.ok(drawn('second') < drawn('first'), 'the second reader draws smaller regions');
});

test('a reader without faults draws the organs as they are', async () => {
  const settings = { ...(await smallSettings()), subvoxels: 1 };
  const exact = { shift: 0, size: { mean: 1, sd: 0 }, waver: 0, waves: 3 };
  const { drawings, organs } = scanOf({ ...settings, readers: { exact } }, 1);
  assert.equal(drawings.get('exact'), organs);
});

test.run();
