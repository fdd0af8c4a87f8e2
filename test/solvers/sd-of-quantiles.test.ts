import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { QUANTILE_LEVELS } from '../../src/contracts/voxels.ts';
import { sdOfQuantiles } from '../../src/solvers/sd-of-quantiles.ts';

const test = suite('solvers/sd-of-quantiles');

const found = (quantile: (level: number) => number) =>
  sdOfQuantiles(Float64Array.of(NaN, ...QUANTILE_LEVELS.map(quantile)), 1);

test('knows normal, uniform and exponential distributions by their quantiles', () => {
  // Of the standard normal distribution, as SciPy's norm.ppf has them.
  const normal = [-1.959963984540054, -1.2815515655446004, -0.6744897501960817, 0];
  const at = (level: number) => {
    const k = (QUANTILE_LEVELS as readonly number[]).indexOf(level);
    return k <= 3 ? normal[k] : -normal[6 - k];
  };
  assert.ok(Math.abs(found(at) - 1) < 0.002);
  assert.ok(Math.abs(found((level) => 1e6 + 1e-3 * at(level)) / 1e-3 - 1) < 0.002, 'far from 0');
  assert.ok(Math.abs(found((level) => 3 * level - 1) / (3 / Math.sqrt(12)) - 1) < 0.01);
  assert.ok(Math.abs(found((level) => -Math.log(1 - level)) - 1) < 0.05);
});

test('a certainty has none', () => {
  assert.is(
    found(() => 0.3),
    0,
  );
});

test.run();
