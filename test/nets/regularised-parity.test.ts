import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { DenseLayer, TrainerOptions } from '../../src/nets/engine.ts';
import { farthest, largest } from './fused-cases.ts';
import { simd, twin } from './fused-engines.ts';

/** Four networks side by side, normalised, with dropout, by PyTorch in float64 (test/fixtures/regularised-parity.py). */
const test = suite('branches, batch normalisation and dropout against PyTorch');

interface StoredLayer {
  readonly weight: number[];
  readonly bias: number[];
  readonly scale?: number[];
  readonly shift?: number[];
  readonly mean?: number[];
  readonly variance?: number[];
}
interface Parity {
  readonly b: number[];
  readonly width: number;
  readonly batch: number;
  readonly seed: number;
  readonly dropout: number;
  readonly low: number[];
  readonly high: number[];
  readonly supervision: number[];
  readonly consistency: number;
  readonly adam: TrainerOptions['adam'];
  readonly signals: number[];
  readonly targets: number[];
  readonly start: StoredLayer[];
  readonly losses: number[];
  readonly gradients: StoredLayer[];
  readonly end: StoredLayer[];
  readonly outputs: number[];
}

const fixture = new URL('../fixtures/regularised-parity.json', import.meta.url);
const parity = JSON.parse(readFileSync(fixture, 'utf8')) as Parity;
const { b, width, batch } = parity;

const options: TrainerOptions = {
  network: {
    inputs: b.length,
    hidden: [width, width],
    activation: 'elu',
    outputs: 4,
    head: { kind: 'sigmoid', low: parity.low, high: parity.high },
    branches: 4,
    batchNorm: true,
    dropout: [parity.dropout, parity.dropout],
  },
  weights: parity.start.map(({ weight, bias, scale, shift, mean, variance }): DenseLayer => {
    const layer = { weight: Float32Array.from(weight), bias: Float32Array.from(bias) };
    if (!scale || !shift || !mean || !variance) return layer;
    const columns = [scale, shift, mean, variance].map((values) => Float32Array.from(values));
    return {
      ...layer,
      norm: { scale: columns[0], shift: columns[1], mean: columns[2], variance: columns[3] },
    };
  }),
  loss: {
    kind: 'rebuild-s0',
    bValues: Float64Array.from(b),
    consistency: parity.consistency,
    supervision: parity.supervision,
  },
  batch,
  adam: parity.adam,
  seed: parity.seed,
};
const rowsOf = (values: number[], step: number, columns: number) =>
  Float32Array.from(values.slice(step * batch * columns, (step + 1) * batch * columns));

for (const engine of [twin, simd]) {
  const name = engine.description;
  // PyTorch's bias of a normalised layer has a gradient of 1e-16 or so, where ours is 0.
  const exact = engine === twin;

  test(`${name}: ten losses, the first gradients, and where they lead`, () => {
    const trainer = engine.train(options);
    parity.losses.forEach((expected, step) => {
      trainer.step(rowsOf(parity.signals, step, b.length), rowsOf(parity.targets, step, 4));
      const loss = trainer.takeLoss();
      assert.ok(
        Math.abs(loss / expected - 1) < (exact ? 1e-7 : 3e-6),
        `step ${step}: ${loss}, not ${expected}`,
      );
      if (step > 0) return;
      trainer.gradients().forEach((layer, l) => {
        const pairs: [Float32Array, number[] | undefined][] = [
          [layer.weight, parity.gradients[l].weight],
          [layer.bias, parity.gradients[l].bias],
          ...(layer.norm
            ? ([
                [layer.norm.scale, parity.gradients[l].scale],
                [layer.norm.shift, parity.gradients[l].shift],
              ] as [Float32Array, number[] | undefined][])
            : []),
        ];
        for (const [found, wanted] of pairs)
          assert.ok(
            farthest(found, wanted!) <= (exact ? 1e-7 : 1e-5) * largest(wanted!) + 1e-7,
            `layer ${l}`,
          );
      });
    });
    const weights = trainer.weights();
    weights.forEach(({ weight, bias, norm }, l) => {
      const end = parity.end[l];
      assert.ok(farthest(weight, end.weight) < (exact ? 2e-7 : 2e-5), `weights of layer ${l}`);
      assert.ok(farthest(bias, end.bias) < (exact ? 2e-7 : 2e-5), `biases of layer ${l}`);
      if (!norm) return;
      assert.ok(farthest(norm.scale, end.scale!) < (exact ? 2e-7 : 2e-5), `scales of layer ${l}`);
      assert.ok(farthest(norm.shift, end.shift!) < (exact ? 2e-7 : 2e-5), `shifts of layer ${l}`);
      assert.ok(farthest(norm.mean, end.mean!) < 2e-6, `running means of layer ${l}`);
      assert.ok(farthest(norm.variance, end.variance!) < 2e-6, `running variances of layer ${l}`);
    });
    const out = new Float32Array(12);
    engine.use(options.network, weights).predict(rowsOf(parity.signals, 0, b.length), 3, out);
    assert.ok(farthest(out, parity.outputs) < 1e-5, `${farthest(out, parity.outputs)}`);
  });
}

test.run();
