import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { TissuePrior } from '../../src/contracts/fitter.ts';
import { allocateEstimates, PARAMETERS, type ParameterName } from '../../src/contracts/voxels.ts';
import { measuredProtocol, repeatsOf } from '../../src/data/measured-protocol.ts';
import { allocateRows, normalise, usedSignals } from '../../src/data/normalise.ts';
import mmse from '../../src/fitters/mmse.ts';

const test = suite('fitters/mmse against a quadrature in SciPy');

interface Case {
  readonly protocol: string;
  readonly repeats: string;
  readonly snr: number;
  readonly b: readonly number[];
  readonly y: readonly number[];
  readonly mean: Readonly<Record<ParameterName, number>>;
}

// Made by scripts/statistics/posterior_mean.py from the likelihood of every single magnitude.
const { prior, cases } = JSON.parse(
  readFileSync(new URL('../fixtures/posterior-mean.json', import.meta.url), 'utf8'),
) as { prior: Record<ParameterName, [number, number]>; cases: readonly Case[] };
const [D, f, Dp] = PARAMETERS.map((name) => ({ uniform: prior[name] }));
const tissue: TissuePrior = { D, f, Dp };

test('the fixture has three protocols, both kinds of repeats and four noise levels', () => {
  const different = (of: (one: Case) => string | number) => new Set(cases.map(of)).size;
  assert.equal(
    [different((one) => one.protocol), different((one) => one.repeats), different((one) => one.snr)],
    [3, 2, 4],
  );
});

for (const protocolName of new Set(cases.map((one) => one.protocol))) {
  test(`${protocolName}: within 0.3 % with two b=0 and with uneven repeats, from SNR 10 to 100`, async () => {
    for (const one of cases.filter(({ protocol }) => protocol === protocolName)) {
      const measured = measuredProtocol(Float64Array.from(one.b), false, 'case');
      const ready = await mmse.prepare(
        { bValues: measured.bValues, averages: repeatsOf(measured), seed: 1, tissue },
        { likelihood: 'rician', S0: 'unknown' },
      );
      const rows = allocateRows(1, measured.bValues.length, true);
      normalise(Float64Array.from(one.y), 1, measured, rows, undefined, 1 / one.snr);
      const out = allocateEstimates(1);
      await ready.fit(usedSignals(measured.bValues, rows, 1), out);
      for (const name of PARAMETERS) {
        const apart = out[name][0] / one.mean[name] - 1;
        assert.ok(
          Math.abs(apart) < 0.003,
          `${one.repeats}, SNR ${one.snr}: ${name} is ${(100 * apart).toFixed(2)} % off`,
        );
      }
    }
  });
}

test.run();
