import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Mt19937 } from '../../../src/random/mt19937.ts';
import { BesselI } from '../../../src/solvers/bessel-i.ts';
import { KnownNoise } from '../../../src/solvers/hierarchy/known-noise.ts';

const test = suite('solvers/hierarchy/known-noise');
const b = Float64Array.of(0, 10, 20, 60, 150, 300, 500, 1000);
const bessel = new BesselI();

const decayAt = (u: Float64Array, each: number): number => {
  const f = 1 / (1 + Math.exp(-u[1]));
  return f * Math.exp(-each * Math.exp(u[2])) + (1 - f) * Math.exp(-each * Math.exp(u[0]));
};

/** The integral of Rice's likelihood over S0 under the prior 1 / S0, by Simpson's rule in log S0; b=0 counts `averages[0]` times. */
function integrated(u: Float64Array, x: Float64Array, variance: number, averages: Float64Array): number {
  const decay = b.map((each) => decayAt(u, each));
  const log = (S0: number): number => {
    let sum = 0;
    for (let k = 0; k < b.length; k++) {
      bessel.at((x[k] * S0 * decay[k]) / variance);
      sum += averages[k] * (bessel.logScaled - (x[k] - S0 * decay[k]) ** 2 / (2 * variance));
    }
    return sum;
  };
  const intervals = 400;
  const [from, to] = [Math.log(0.3), Math.log(3)];
  let sum = 0;
  for (let i = 0; i <= intervals; i++) {
    const weight = i === 0 || i === intervals ? 1 : i % 2 === 1 ? 4 : 2;
    sum += weight * Math.exp(log(Math.exp(from + ((to - from) * i) / intervals)));
  }
  return Math.log(sum);
}

for (const [sigma, allowed] of [
  [0.05, 0.02],
  [0.1, 0.08],
] as const) {
  test(`differences of the log-likelihood are those of an integral over S0 to ${allowed}, sigma ${sigma}`, () => {
    const random = new Mt19937(7);
    for (const first of [1, 4]) {
      const averages = new Float64Array(b.length).fill(1);
      averages[0] = first;
      const noise = new KnownNoise(b, averages);
      for (let trial = 0; trial < 40; trial++) {
        const truth = Float64Array.of(Math.log(1e-3), -1.2, Math.log(0.04));
        const x = b.map((each) =>
          Math.hypot(decayAt(truth, each) + sigma * random.gaussian(), sigma * random.gaussian()),
        );
        noise.measure(x, 0, sigma);
        // Points that the signals do not rule out.
        const points = [0, 1].map(() => truth.map((value) => value + 0.3 * random.gaussian()));
        const [own, exact] = [
          noise.log(points[0]) - noise.log(points[1]),
          integrated(points[0], x, sigma * sigma, averages) -
            integrated(points[1], x, sigma * sigma, averages),
        ];
        assert.ok(Math.abs(own - exact) < allowed * (1 + Math.abs(exact)), `${own} instead of ${exact}`);
      }
    }
  });
}

test('a mean of four measurements counts as four of its value', () => {
  const four = Float64Array.from([...b].flatMap((each) => [each, each, each, each]));
  const once = new KnownNoise(four);
  const averaged = new KnownNoise(b, new Float64Array(b.length).fill(4));
  const x = b.map((each) => decayAt(Float64Array.of(-6.9, -1.2, -3.2), each) + 0.01);
  once.measure(Float64Array.from([...x].flatMap((each) => [each, each, each, each])), 0, 0.1);
  // The noise of a mean of four.
  averaged.measure(x, 0, 0.05);
  for (const u of [Float64Array.of(-7, -1, -3), Float64Array.of(-6.5, -2, -4)]) {
    const [own, all] = [averaged.log(u), once.log(u)];
    // The squared length of the decay is four times as large, which is the same for every decay.
    assert.ok(Math.abs(own - all) < 1e-9 * Math.abs(all), `${own} instead of ${all}`);
    assert.ok(Math.abs(averaged.S0 - once.S0) < 1e-12);
  }
});

test('the information is the curvature of the log-likelihood where noise is low', () => {
  const noise = new KnownNoise(b);
  const truth = Float64Array.of(Math.log(1e-3), -1.2, Math.log(0.04));
  noise.measure(
    b.map((each) => decayAt(truth, each)),
    0,
    1e-3,
  );
  const information = new Float64Array(9);
  noise.information(truth, 0, information, 0);
  const step = 1e-3;
  const at = (r: number, c: number, signR: number, signC: number): number => {
    const u = Float64Array.from(truth);
    u[r] += signR * step;
    u[c] += signC * step;
    return noise.log(u);
  };
  for (let r = 0; r < 3; r++) {
    for (let c = 0; c < 3; c++) {
      const curvature =
        -(at(r, c, 1, 1) - at(r, c, 1, -1) - at(r, c, -1, 1) + at(r, c, -1, -1)) / (4 * step * step);
      const size = Math.sqrt(information[4 * r] * information[4 * c]);
      assert.ok(Math.abs(information[3 * r + c] - curvature) < 0.01 * size, `${r} ${c}: ${curvature}`);
    }
  }
});

test('signals that only a negative S0 fits have no likelihood', () => {
  const noise = new KnownNoise(b);
  noise.measure(new Float64Array(b.length).fill(-1), 0, 0.1);
  assert.is(noise.log(Float64Array.of(-7, -1, -3)), -Infinity);
});

test.run();
