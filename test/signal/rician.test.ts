import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Mt19937 } from '../../src/random/mt19937.ts';
import { addRicianNoise } from '../../src/signal/rician.ts';

const test = suite('signal/rician');

test('has the moments of the Rice distribution', () => {
  // E[M²] = A² + 2 sigma² exactly; where A = 0 the mean is sigma sqrt(pi/2) (Rayleigh).
  const random = new Mt19937(11);
  const n = 200_000;
  for (const A of [0, 1, 5]) {
    const signal = new Float64Array(n).fill(A);
    addRicianNoise(signal, 1, random);
    const secondMoment = signal.reduce((sum, m) => sum + m * m, 0) / n;
    const sdOfMean = Math.sqrt((4 * A * A + 4) / n);
    assert.ok(Math.abs(secondMoment - (A * A + 2)) < 5 * sdOfMean, `A=${A}: ${secondMoment}`);
    if (A === 0) {
      const mean = signal.reduce((sum, m) => sum + m, 0) / n;
      assert.ok(Math.abs(mean - Math.sqrt(Math.PI / 2)) < 5 * Math.sqrt((2 - Math.PI / 2) / n));
    }
  }
});

test('changes nothing where sigma is 0', () => {
  const signal = Float64Array.of(1, 0.5, 0.25);
  addRicianNoise(signal, 0, new Mt19937(1));
  assert.equal([...signal], [1, 0.5, 0.25]);
});

test.run();
