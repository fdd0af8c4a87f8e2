import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { allocateEstimates, Status, type Estimates } from '../../src/contracts/voxels.ts';
import bayesMcmc from '../../src/fitters/bayes-mcmc.ts';
import { estimate, referenceVoxels, STUDY } from './reference-voxels.ts';

const test = suite('fitters/bayes-mcmc');

/** Bounds and settings under which a plain grid can integrate the posterior. */
const bounds = { D: [0, 0.003], f: [0, 0.6], Dp: [0.005, 0.1] } as const;
const NODES = 60;

/**
 * Mean and standard deviation of D, f, Dp, and the most probable node, by the midpoint rule, written down from the
 * definition: S0 and sigma integrated out leave |s|^-1 (|x|² - (x.s)² / |s|²)^(-(n - 1) / 2).
 */
function integrate(x: Float64Array, logPrior: (D: number, Dp: number) => number) {
  const sums = new Float64Array(7);
  const mode = { log: -Infinity, D: 0, f: 0, Dp: 0 };
  const at = ([low, high]: readonly [number, number], k: number) => low + ((high - low) * (k + 0.5)) / NODES;
  const logs: number[] = [];
  const all: (readonly [number, number, number])[] = [];
  for (let a = 0; a < NODES; a++) {
    const slow = STUDY.map((b) => Math.exp(-b * at(bounds.D, a)));
    for (let c = 0; c < NODES; c++) {
      const fast = STUDY.map((b) => Math.exp(-b * at(bounds.Dp, c)));
      for (let g = 0; g < NODES; g++) {
        const f = at(bounds.f, g);
        let xx = 0;
        let xs = 0;
        let ss = 0;
        for (let k = 0; k < 8; k++) {
          const s = f * fast[k] + (1 - f) * slow[k];
          xx += x[k] * x[k];
          xs += x[k] * s;
          ss += s * s;
        }
        const D = at(bounds.D, a);
        const Dp = at(bounds.Dp, c);
        const log = -0.5 * Math.log(ss) - 3.5 * Math.log(xx - (xs * xs) / ss) + logPrior(D, Dp);
        logs.push(log);
        all.push([D, f, Dp]);
        if (log > mode.log) Object.assign(mode, { log, D, f, Dp });
      }
    }
  }
  logs.forEach((log, i) => {
    const w = Math.exp(log - mode.log);
    sums[0] += w;
    all[i].forEach((value, j) => {
      sums[1 + 2 * j] += w * value;
      sums[2 + 2 * j] += w * value * value;
    });
  });
  const moments = [0, 1, 2].map((j) => {
    const mean = sums[1 + 2 * j] / sums[0];
    return { mean, sd: Math.sqrt(sums[2 + 2 * j] / sums[0] - mean * mean) };
  });
  return { moments, mode };
}

/** So many steps are worth about a thousand independent samples; a mean is then known to 1/30 sd. */
const LONG = { burnIn: 4000, samples: 60_000 };
const NAMES = ['D', 'f', 'Dp'] as const;
const { signals } = referenceVoxels(75);
const some = { ...signals, n: 3, values: signals.values.slice(0, 24), scale: signals.scale.slice(0, 3) };

function compare(out: Estimates, logPrior: (D: number, Dp: number) => number): void {
  for (let i = 0; i < some.n; i++) {
    const { moments } = integrate(some.values.slice(8 * i, 8 * i + 8), logPrior);
    NAMES.forEach((name, j) => {
      const { mean, sd } = moments[j];
      assert.ok(
        Math.abs(out[name][i] - mean) < 0.12 * sd,
        `voxel ${i}: mean of ${name} ${out[name][i]}, integrated ${mean} (sd ${sd})`,
      );
      assert.ok(
        Math.abs(out.sd![name][i] / sd - 1) < 0.12,
        `voxel ${i}: sd of ${name} ${out.sd![name][i]}, integrated ${sd}`,
      );
    });
  }
}

test('samples have the means and deviations of the integrated posterior', async () => {
  compare(await estimate(bayesMcmc, some, { bounds, ...LONG }), () => 0);
});

test('so they have under lognormal priors', async () => {
  const prior = { D: { median: 0.001, sigma: 0.4 }, Dp: { median: 0.03, sigma: 0.6 } };
  const log = (x: number, { median, sigma }: { median: number; sigma: number }) =>
    -0.5 * (Math.log(x / median) / sigma) ** 2 - Math.log(x);
  compare(
    await estimate(bayesMcmc, some, { bounds, prior, ...LONG }),
    (D, Dp) => log(D, prior.D) + log(Dp, prior.Dp),
  );
});

test('the mode is the peak, to what samples can tell', async () => {
  const out = await estimate(bayesMcmc, some, { bounds, estimate: 'mode', ...LONG });
  for (let i = 0; i < some.n; i++) {
    const { mode, moments } = integrate(some.values.slice(8 * i, 8 * i + 8), () => 0);
    NAMES.forEach((name, j) => {
      const off = Math.abs(out[name][i] - mode[name]);
      assert.ok(off < 0.35 * moments[j].sd, `voxel ${i}: ${name} ${out[name][i]}, peak ${mode[name]}`);
    });
  }
});

test('another seed gives other samples, the same seed the same', async () => {
  const run = async (seed: number) => {
    const prepared = await bayesMcmc.prepare(
      { bValues: signals.bValues, seed },
      bayesMcmc.settings!.parse({}),
    );
    const n = some.n;
    const column = () => new Float64Array(n);
    const out = { n, S0: column(), D: column(), f: column(), Dp: column(), status: new Uint8Array(n) };
    await prepared.fit(some, out);
    return out.D;
  };
  assert.equal(await run(1), await run(1));
  const one = await run(1);
  const two = await run(2);
  one.forEach((D, i) => assert.is.not(D, two[i]));
});

test('voxels alike but for one bit are sampled independently', async () => {
  const twin = new Float64Array(16);
  twin.set(some.values.subarray(0, 8), 0);
  twin.set(some.values.subarray(0, 8), 8);
  twin[15] *= 1 + 2 ** -50;
  const out = await estimate(bayesMcmc, { ...some, n: 2, values: twin, scale: Float64Array.of(1, 1) });
  assert.ok(Math.abs(out.D[0] - out.D[1]) > 1e-4 * out.sd!.D[0], `${out.D[0]}, ${out.D[1]}`);
});

test('where 100 independent samples were found, means of two seeds differ as such means do; elsewhere it says so', async () => {
  const fit = async (seed: number, settings: object) => {
    const n = 40;
    const few = { ...signals, n, values: signals.values.slice(0, 8 * n), scale: signals.scale.slice(0, n) };
    const prepared = await bayesMcmc.prepare(
      { bValues: signals.bValues, seed },
      bayesMcmc.settings!.parse(settings),
    );
    const out = allocateEstimates(n, { sd: true });
    await prepared.fit(few, out);
    return out;
  };
  const [one, two] = [await fit(1, {}), await fit(2, {})];
  for (const name of NAMES) {
    let sum = 0;
    let n = 0;
    for (let i = 0; i < one.n; i++) {
      if (one.status[i] !== Status.converged || two.status[i] !== Status.converged) continue;
      const variance = (one.sd![name][i] ** 2 + two.sd![name][i] ** 2) / 2;
      sum += (one[name][i] - two[name][i]) ** 2 / (2 * variance);
      n++;
    }
    assert.ok(n >= 30, `${n} voxels`);
    // A tenth of a standard deviation, of which 30 voxels tell a root mean square within a sixth or so.
    assert.ok(Math.sqrt(sum / n) < 0.12, `${name}: ${Math.sqrt(sum / n)}`);
  }
  const short = await fit(1, { samples: 200, mostSamples: 200 });
  assert.ok(short.status.every((status) => status === Status.fewSamples || status === Status.notConverged));
  const unasked = await fit(1, { samples: 200, effective: 0 });
  assert.equal(unasked.D, short.D);
  assert.ok(!unasked.status.includes(Status.fewSamples));
});

test.run();
