import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { allocateEstimates } from '../../src/contracts/voxels.ts';
import lsGlobal from '../../src/fitters/ls-global.ts';
import { Mt19937 } from '../../src/random/mt19937.ts';
import { biexponential } from '../../src/signal/biexponential.ts';
import { cramerRao, fisherInformation } from '../../src/signal/cramer-rao.ts';

const test = suite('signal/cramer-rao');

const b = Float64Array.of(0, 10, 20, 60, 150, 300, 500, 1000);
const close = (found: number, known: number, by: number) =>
  assert.ok(Math.abs(found / known - 1) < by, `${found} instead of ${known}`);

test('is NumPy’s sqrt(diag(inv(J’J))) sigma at the study’s protocol', () => {
  const tissue = { S0: 1500, D: 0.001, f: 0.25, Dp: 0.05 };
  const unknown = cramerRao(b, tissue, 30);
  close(unknown.S0, 29.06494561017113, 1e-10);
  close(unknown.D, 7.79147632633778e-5, 1e-10);
  close(unknown.f, 0.02463965462076713, 1e-10);
  close(unknown.Dp, 0.012468344421543815, 1e-10);
  const known = cramerRao(b, tissue, 30, { S0: 'known' });
  assert.is(known.S0, 0);
  close(known.D, 7.770413538537037e-5, 1e-10);
  close(known.f, 0.0213958052978717, 1e-10);
  close(known.Dp, 0.010988265681566637, 1e-10);
});

test('with as many b-values as unknowns it is the exact solution’s first-order error, NumPy’s |inv(J)| sigma', () => {
  const bound = cramerRao(Float64Array.of(0, 50, 200, 800), { S0: 1, D: 0.001, f: 0.1, Dp: 0.02 }, 0.01);
  close(bound.S0, 0.01, 1e-9);
  close(bound.D, 5.182102735364391e-5, 1e-9);
  close(bound.f, 0.023852671996081924, 1e-9);
  close(bound.Dp, 0.009248569692016689, 1e-9);
});

const tissues = fc.record({
  S0: fc.double({ min: 0.5, max: 2000, noNaN: true }),
  D: fc.double({ min: 2e-4, max: 3e-3, noNaN: true }),
  f: fc.double({ min: 0.05, max: 0.9, noNaN: true }),
  Dp: fc.double({ min: 6e-3, max: 0.15, noNaN: true }),
});

test('Fisher information is that of a signal differentiated numerically', () => {
  const names = ['S0', 'D', 'f', 'Dp'] as const;
  fc.assert(
    fc.property(tissues, fc.double({ min: 0.01, max: 100, noNaN: true }), (tissue, sigma) => {
      const found = fisherInformation(b, tissue, sigma);
      const slopes = names.map((name) => {
        const h = 1e-5 * tissue[name];
        const signal = (sign: number, bk: number) => {
          const moved = { ...tissue };
          moved[name] += sign * h;
          const { S0, D, f, Dp } = moved;
          return S0 * biexponential(bk, D, f, Dp);
        };
        return b.map((bk) => (signal(1, bk) - signal(-1, bk)) / (2 * h));
      });
      for (let i = 0; i < 4; i++) {
        for (let j = 0; j < 4; j++) {
          const known = b.reduce((sum, _, k) => sum + slopes[i][k] * slopes[j][k], 0) / sigma ** 2;
          const size = Math.sqrt(found[5 * i] * found[5 * j]);
          assert.ok(Math.abs(found[4 * i + j] - known) < 1e-7 * size);
        }
      }
    }),
    { seed: 14 },
  );
});

test('scales with sigma over S0, and neither knowing S0 nor measuring more makes it worse', () => {
  fc.assert(
    fc.property(tissues, fc.double({ min: 1, max: 2000, noNaN: true }), (tissue, more) => {
      const bound = cramerRao(b, tissue, 0.02 * tissue.S0);
      const relative = cramerRao(b, { ...tissue, S0: 1 }, 0.04);
      const known = cramerRao(b, tissue, 0.02 * tissue.S0, { S0: 'known' });
      const longer = cramerRao(Float64Array.of(...b, more), tissue, 0.02 * tissue.S0);
      for (const name of ['D', 'f', 'Dp'] as const) {
        close(relative[name], 2 * bound[name], 1e-6);
        assert.ok(known[name] <= bound[name] * (1 + 1e-9));
        assert.ok(longer[name] <= bound[name] * (1 + 1e-9));
      }
    }),
    { seed: 15 },
  );
});

test('is infinite where nothing determines a parameter', () => {
  const tissue = { S0: 1, D: 0.001, f: 0.2, Dp: 0.05 };
  assert.is(cramerRao(b.slice(0, 3), tissue, 0.1).f, Infinity);
  assert.is(cramerRao(b, { ...tissue, Dp: 0.001 }, 0.1).D, Infinity);
  assert.is(cramerRao(b, { ...tissue, f: 0 }, 0.1).Dp, Infinity);
});

test('is reached by least squares when the noise is small', async () => {
  const tissue = { S0: 1, D: 0.001, f: 0.25, Dp: 0.05 };
  const sigma = 0.002;
  const n = 4000;
  const noise = new Mt19937(16);
  const values = new Float64Array(n * b.length);
  for (let i = 0; i < values.length; i++) {
    const bk = b[i % b.length];
    values[i] = biexponential(bk, tissue.D, tissue.f, tissue.Dp) + (bk > 0 ? sigma * noise.gaussian() : 0);
  }
  const out = allocateEstimates(n);
  const fitter = await lsGlobal.prepare({ bValues: b, seed: 1 }, lsGlobal.settings!.parse({}));
  await fitter.fit({ bValues: b, n, values, scale: new Float64Array(n).fill(1) }, out);
  // Least squares take b=0 as exact, as the study does.
  const bound = cramerRao(b.slice(1), tissue, sigma, { S0: 'known' });
  for (const name of ['D', 'f', 'Dp'] as const) {
    const mean = out[name].reduce((sum, x) => sum + x, 0) / n;
    const sd = Math.sqrt(out[name].reduce((sum, x) => sum + (x - mean) ** 2, 0) / n);
    // The standard error of a standard deviation from 4,000 values is 1.1 %.
    close(sd, bound[name], 0.04);
  }
});

test.run();
