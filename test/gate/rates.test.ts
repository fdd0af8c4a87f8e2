import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { correctedP, FAMILY_LEVEL, FEWEST_SEEDS, POWER } from '../../src/gate/judge-trained.ts';
import { detectableShift } from '../../src/gate/statistics/detectable-shift.ts';
import { locationShift } from '../../src/gate/statistics/location-shift.ts';
import { Mt19937 } from '../../src/random/mt19937.ts';

const test = suite('rates of false alarms and of losses found');

const random = new Mt19937(3);
/** What the logarithm of an error is like over seeds. */
const spreads: Readonly<Record<string, () => number>> = {
  'one good mode': () => 0.005 * random.gaussian(),
  // As the study's network: most seeds alike, some much worse, the worst by several times.
  'a heavy tail': () =>
    random.uniform() < 0.2 ? 0.2 + 0.5 * Math.abs(random.gaussian()) : 0.05 * random.gaussian(),
};
const many = (n: number, draw: () => number) => Array.from({ length: n }, draw);

for (const [name, draw] of Object.entries(spreads)) {
  test(`${name}: a run with nothing but other seeds is red less than once in a hundred`, () => {
    const runs = 1500;
    let alarms = 0;
    for (let run = 0; run < runs; run++) {
      // Values of one seed go up and down together: half of each is common to all of its fitter.
      const common = { accepted: many(40, draw), found: many(10, draw) };
      const own = (shared: readonly number[]) => shared.map((value) => value + draw());
      const pairs = many(24, () => 0).map(() => ({
        accepted: own(common.accepted),
        found: own(common.found),
      }));
      if (correctedP(pairs).some((p) => p <= FAMILY_LEVEL)) alarms++;
    }
    assert.ok(alarms / runs < FAMILY_LEVEL, `${alarms} of ${runs}`);
  });

  test(`${name}: so it is with an unlucky reference, whose values are the lowest of a hundred draws`, () => {
    const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    const stored = many(100, () => 0)
      .map(() => many(40, draw))
      .sort((a, b) => mean(a) - mean(b))[1];
    const runs = 3000;
    let alarms = 0;
    for (let run = 0; run < runs; run++) {
      const found = many(10, draw);
      const pairs = many(24, () => 0).map(() => ({ accepted: stored, found }));
      if (correctedP(pairs).some((p) => p <= FAMILY_LEVEL)) alarms++;
    }
    assert.ok(alarms / runs < 2 * FAMILY_LEVEL, `${alarms} of ${runs}`);
  });

  for (const [newer, accepted] of [
    [FEWEST_SEEDS.found, 40],
    [10, 40],
    [10, FEWEST_SEEDS.accepted],
  ]) {
    test(`${name}: the loss called detectable is found, ${newer} seeds against ${accepted}`, () => {
      const level = FAMILY_LEVEL / 24;
      const [references, again] = [40, 50];
      let found = 0;
      for (let k = 0; k < references; k++) {
        const earlier = many(accepted, draw);
        const shift = detectableShift(earlier, { newer, level, power: POWER, seed: k, resamples: 300 });
        for (let run = 0; run < again; run++) {
          // The worst case for Holm: no other value is worse.
          const worse = many(newer, () => draw() + shift + 1e-12);
          const others = many(23, () => 0).map(() => ({ accepted: [0, 1], found: [0] }));
          if (correctedP([{ accepted: earlier, found: worse }, ...others])[0] <= FAMILY_LEVEL) found++;
        }
      }
      const power = found / (references * again);
      assert.ok(power >= POWER - 0.005, `found ${power}`);
      if (process.env['SHOW_RATES']) console.log(name, newer, accepted, power);
    });
  }
}

test('more seeds find smaller losses, a stricter level larger ones, and one seed none', () => {
  const earlier = many(40, spreads['one good mode']);
  const shift = (newer: number, level: number) =>
    detectableShift(earlier, { newer, level, power: POWER, seed: 1 });
  assert.ok(shift(10, 1e-3) < shift(5, 1e-3));
  assert.ok(shift(10, 1e-4) > shift(10, 1e-3));
  assert.is(shift(1, 1e-3), Infinity);
  assert.ok(shift(10, 1e-3) < Math.log(1.03), '0.5 % between seeds: below the 3 % that are wanted');
});

test('how much worse: the median of all differences', () => {
  assert.is(locationShift([3, 4], [1, 2]), 2);
  const earlier = many(40, spreads['a heavy tail']);
  const later = earlier.map((value) => value + 0.25);
  assert.ok(Math.abs(locationShift(later, earlier) - 0.25) < 1e-12);
});

test.run();
