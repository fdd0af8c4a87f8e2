import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readProtocol } from '../../src/config/read-protocol.ts';
import { InputError } from '../../src/contracts/input-error.ts';
import { measuredProtocol } from '../../src/data/measured-protocol.ts';
import type { RowSource } from '../../src/data/row-source.ts';
import { estimateSigma } from '../../src/fitting/estimate-sigma.ts';
import { noiseOf } from '../../src/fitting/noise-of.ts';
import { backgroundSigma } from '../../src/fitting/sigma/background-sigma.ts';
import { Mt19937 } from '../../src/random/mt19937.ts';
import { refused } from '../data/refused.ts';

const test = suite('the noise of a file');
const SIGMA = 20;
const B = [0, 0, 10, 20, 40, 80, 150, 300, 500, 500, 800];

/** Rows of a scan: of three, `bodies` are tissue of S0 = 1000 and the rest air; noise is Rician. */
function scan(
  bodies: number,
  { b = B, mask = false, sigma = SIGMA, air = 1, n = 6000 } = {},
): { source: RowSource; protocol: ReturnType<typeof measuredProtocol> } {
  const random = new Mt19937(7);
  const values = new Float64Array(n * b.length);
  const isBody = (i: number) => i % 3 < bodies;
  for (let i = 0; i < n; i++) {
    const D = 0.0006 + 0.0014 * random.uniform();
    const f = 0.1 + 0.3 * random.uniform();
    const Dp = 0.01 + 0.09 * random.uniform();
    b.forEach((each, c) => {
      const S = isBody(i) ? 1000 * (f * Math.exp(-each * Dp) + (1 - f) * Math.exp(-each * D)) : 0;
      const noise = isBody(i) ? sigma : sigma * air;
      values[i * b.length + c] = Math.hypot(S + noise * random.gaussian(), noise * random.gaussian());
    });
  }
  const bValues = Float64Array.from(b);
  const source: RowSource = {
    n,
    bValues,
    normalised: false,
    ...(mask ? { inside: Uint8Array.from({ length: n }, (_, i) => (isBody(i) ? 1 : 0)) } : {}),
    notes: [],
    async read(first, count, into) {
      into.set(values.subarray(first * b.length, (first + count) * b.length));
    },
    close: async () => {},
  };
  return { source, protocol: measuredProtocol(bValues, false, 'scan') };
}

const near = (found: number, part: number, wanted = SIGMA) =>
  assert.ok(Math.abs(found / wanted - 1) < part, `${found} is not ${wanted}`);

test('the median of Rayleigh noise gives its sigma, whatever else a quantile range says is refused', () => {
  const random = new Mt19937(3);
  const noise = Float64Array.from({ length: 20_000 }, () => Math.hypot(random.gaussian(), random.gaussian()));
  near(backgroundSigma(noise), 0.02, 1);
  assert.ok(Number.isNaN(backgroundSigma(noise.subarray(0, 100))), 'too few');
  // The mean of eight magnitudes is no longer Rayleigh, and a body isn't at all.
  const averaged = Float64Array.from({ length: 20_000 }, (_, i) =>
    noise.subarray(i, i + 8).reduce((sum, x) => sum + x / 8, 0),
  );
  assert.ok(Number.isNaN(backgroundSigma(averaged)));
  assert.ok(Number.isNaN(backgroundSigma(noise.map((x) => x + 20))));
});

test('air is found inside a scan without a mask, and outside of one', async () => {
  for (const mask of [false, true]) {
    const { source, protocol } = scan(1, { mask });
    const { sigma, note } = (await estimateSigma(source, protocol))!;
    near(sigma, 0.03);
    assert.match(note, /signals of air; the residuals of least squares over \d+ voxels/);
  }
});

test('without air it is the residuals that tell, by their degrees of freedom', async () => {
  const { source, protocol } = scan(3);
  const { sigma, note } = (await estimateSigma(source, protocol))!;
  near(sigma, 0.05);
  assert.match(note, 'residuals of least squares over 6000 voxels, 5 degrees of freedom each');
});

test('residuals tell the noise of every protocol with at least seven b-values to 4 %', async () => {
  for (const protocol of ['barbieri-2020', 'kaandorp-2021', 'liver-lesions-2021', 'osipi-generic']) {
    const b = (await readProtocol(protocol)).bValues;
    for (const snr of [100, 50, 20, 10]) {
      const { source, protocol } = scan(3, { b: [...b], sigma: 1000 / snr, n: 2000 });
      near((await estimateSigma(source, protocol))!.sigma, 0.04, 1000 / snr);
    }
  }
});

test('air that does not look like noise is passed over', async () => {
  // All zero: what a scanner's filter leaves.
  const { source, protocol } = scan(1, { air: 0 });
  const { sigma, note } = (await estimateSigma(source, protocol))!;
  near(sigma, 0.05);
  assert.not.match(note, 'of air');
});

test('four b-values leave no residual', async () => {
  const { source, protocol } = scan(3, { b: [0, 20, 200, 800] });
  try {
    await noiseOf(source, protocol, {}, 'mmse');
  } catch (error) {
    assert.instance(error, InputError);
    assert.match((error as Error).message, 'mmse needs the noise level, and neither air');
    return;
  }
  assert.unreachable();
});

test('what was given is taken: sigma as it is, snr of the median b=0 of tissue', async () => {
  const { source, protocol } = scan(1);
  assert.equal(await noiseOf(source, protocol, { sigma: 3 }, 'mmse'), {
    sigma: 3,
    origin: 'sigma 3, as given',
  });
  near((await noiseOf(source, protocol, { snr: 50 }, undefined))!.sigma, 0.01);
  assert.is(await noiseOf(source, protocol, {}, undefined), undefined);
  try {
    await noiseOf(source, protocol, { sigma: 3, snr: 4 }, 'mmse');
    assert.unreachable();
  } catch (error) {
    assert.match((error as Error).message, '--snr 4: --sigma 3 says the noise already');
  }
});

test('shells that jitter tell no more than their number: the fitter that needs the noise is named, no other', async () => {
  const { source, protocol } = scan(3, { b: [0, 5, 986, 990, 995, 1000, 1004], n: 50 });
  assert.is(await estimateSigma(source, protocol), undefined);
  await refused(
    () => noiseOf(source, protocol, {}, 'any-protocol-net'),
    'any-protocol-net needs the noise level',
  );
});

test.run();
