import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { PARAMETERS, type Parameters } from '../../src/contracts/voxels.ts';
import { CRITERIA, criterionOf, ProtocolCriterion } from '../../src/protocol-design/protocol-criterion.ts';
import type { DesignProblem } from '../../src/protocol-design/protocol-criterion.ts';
import { searchProtocol, sampleTissues } from '../../src/protocol-design/search-protocol.ts';
import { cramerRao } from '../../src/signal/cramer-rao.ts';

const test = suite('schemes');

const tissuesOf = (...rows: readonly (readonly [D: number, f: number, Dp: number])[]): Parameters => ({
  n: rows.length,
  D: Float64Array.from(rows, ([D]) => D),
  f: Float64Array.from(rows, ([, f]) => f),
  Dp: Float64Array.from(rows, ([, , Dp]) => Dp),
});
const prior = {
  D: { uniform: [5e-4, 2e-3] },
  f: { uniform: [0.1, 0.4] },
  Dp: { uniform: [0.01, 0.1] },
} as const;
const anyScheme = fc.array(
  fc.integer({ min: 0, max: 40 }).map((k) => 25 * k),
  { minLength: 4, maxLength: 9 },
);

/**
 * Jalnefjord et al., Magn Reson Med 2019;82:1541-1552, optimise b-value schemes for D and f by the segmented fit, whose model has
 * no perfusion left at b=200 s/mm²: b=0 or 200 to 800, relative standard deviations summed over D and f.
 */
const jalnefjord: DesignProblem = {
  candidates: Float64Array.from({ length: 62 }, (_, k) => (k === 0 ? 0 : 190 + 10 * k)),
  repeats: 99,
  tissues: tissuesOf(...[7e-4, 1e-3, 1.5e-3].flatMap((D) => [0.1, 0.2, 0.3].map((f) => [D, f, 1] as const))),
  estimates: ['D', 'f'],
  criterion: 'deviation',
};

test('finds the published schemes: from 3 to 12 measurements, b is 0, 200 and 800 alone, about as 1 to 2 to 2', async () => {
  for (let measurements = 3; measurements <= 12; measurements++) {
    const { bValues } = await searchProtocol(jalnefjord, { measurements, starts: 4, seed: 1 });
    assert.equal([...new Set(bValues)], [0, 200, 800], String(measurements));
    const times = (b: number) => bValues.filter((other) => other === b).length;
    for (const [b, share] of [
      [0, 0.2],
      [200, 0.4],
      [800, 0.4],
    ]) {
      assert.ok(Math.abs(times(b) - share * measurements) <= 1, `${bValues.join(' ')}: b=${b}`);
    }
  }
});

test('which are better than eight b-values evenly spread by what was published: about 30 %', async () => {
  const even = [0, 200, 300, 400, 500, 600, 700, 800];
  const { criterion } = await searchProtocol(jalnefjord, { measurements: 8, starts: 4, seed: 1 });
  const gain = 1 - criterion / criterionOf(jalnefjord, even);
  assert.ok(gain > 0.25 && gain < 0.35, String(gain));
});

test('five measurements of one exponential: one at b=0, the others at 1.298 / D', async () => {
  // (1 + exp(2x) / 4) / x², x = b D, is the variance; its derivative is 0 where exp(2x) (x - 1) = 4.
  const D = 1e-3;
  const problem: DesignProblem = {
    candidates: Float64Array.from({ length: 301 }, (_, k) => 10 * k),
    repeats: 5,
    tissues: tissuesOf([D, 0, 0.1]),
    estimates: ['D'],
    criterion: 'variance',
  };
  const { bValues } = await searchProtocol(problem, { measurements: 5, starts: 4, seed: 2 });
  assert.equal(bValues, [0, 1300, 1300, 1300, 1300]);
});

test('the criterion is the mean over tissues of what the Cramér-Rao bound says', () => {
  const tissues = sampleTissues(prior, 20, 3);
  fc.assert(
    fc.property(anyScheme, fc.constantFrom(...CRITERIA), (others, criterion) => {
      const bValues = [0, ...others];
      const found = criterionOf(
        { candidates: new Float64Array(), repeats: 9, tissues, estimates: PARAMETERS, criterion },
        bValues,
      );
      let known = 0;
      for (let i = 0; i < tissues.n; i++) {
        const tissue = { S0: 1, D: tissues.D[i], f: tissues.f[i], Dp: tissues.Dp[i] };
        const bound = cramerRao(Float64Array.from(bValues), tissue, 1);
        for (const name of PARAMETERS)
          known += (bound[name] / tissue[name]) ** (criterion === 'variance' ? 2 : 1);
      }
      known /= tissues.n;
      // Where the matrix is nearly singular, one of them may say so and the other not.
      if (!(known < 1e12)) return;
      assert.ok(Math.abs(found / known - 1) < 1e-4, `${found} instead of ${known}`);
    }),
    { seed: 4, numRuns: 60 },
  );
});

test('one measurement more than a scheme that is held is that scheme with it', () => {
  const candidates = Float64Array.from({ length: 21 }, (_, k) => 50 * k);
  const tissues = sampleTissues(prior, 10, 12);
  for (const criterion of CRITERIA) {
    const problem = { candidates, repeats: 9, tissues, estimates: PARAMETERS, criterion } as const;
    const measured = new ProtocolCriterion(problem);
    const counts = new Uint16Array(21);
    for (const c of [0, 1, 1, 4, 10, 20]) counts[c]++;
    assert.ok(measured.hold(counts));
    for (const c of candidates.keys()) {
      const with1 = counts.map((count, k) => count + Number(k === c));
      const [found, known] = [measured.heldWith(c), measured.of(with1)];
      assert.ok(Math.abs(found / known - 1) < 1e-9, `${found} instead of ${known}`);
    }
    assert.not(measured.hold(Uint16Array.from({ length: 21 }, (_, k) => (k < 3 ? 2 : 0))));
  }
});

test('what it finds is the best of all schemes where these are few enough to be tried', async () => {
  const candidates = Float64Array.of(0, 20, 60, 200, 500, 1000);
  for (const repeats of [1, 2, 6]) {
    for (const criterion of CRITERIA) {
      const problem: DesignProblem = {
        candidates,
        repeats,
        tissues: sampleTissues(prior, 10, 5),
        estimates: PARAMETERS,
        criterion,
      };
      const measured = new ProtocolCriterion(problem);
      let best = Infinity;
      const tryAll = (counts: number[], left: number): void => {
        if (counts.length === candidates.length) {
          if (left === 0) best = Math.min(best, measured.of(counts));
          return;
        }
        for (let k = counts.length === 0 ? 1 : 0; k <= Math.min(left, repeats); k++)
          tryAll([...counts, k], left - k);
      };
      tryAll([], 6);
      const found = await searchProtocol(problem, { measurements: 6, starts: 10, seed: 6 });
      assert.ok(
        Math.abs(found.criterion / best - 1) < 1e-9,
        `${criterion}, ${repeats}: ${found.criterion}, ${best}`,
      );
      assert.is(found.bValues.length, 6);
      assert.is(found.bValues[0], 0);
      assert.ok(candidates.every((b) => found.bValues.filter((other) => other === b).length <= repeats));
    }
  }
});

test('says Infinity where too few b-values leave a parameter undetermined', async () => {
  const tissues = tissuesOf([1e-3, 0.2, 0.05]);
  const problem = {
    candidates: Float64Array.of(0, 100, 500),
    repeats: 9,
    tissues,
    estimates: PARAMETERS,
    criterion: 'variance',
  } as const;
  assert.is((await searchProtocol(problem, { measurements: 8, starts: 1, seed: 7 })).criterion, Infinity);
});

test('the same seed gives the same tissues and the same scheme', async () => {
  const scheme = () => {
    const candidates = Float64Array.from({ length: 21 }, (_, k) => 50 * k);
    const problem = {
      candidates,
      repeats: 3,
      tissues: sampleTissues(prior, 15, 8),
      estimates: PARAMETERS,
      criterion: 'variance',
    } as const;
    return searchProtocol(problem, { measurements: 7, starts: 2, seed: 9 });
  };
  assert.equal(await scheme(), await scheme());
});

test.run();
