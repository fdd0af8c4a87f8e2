import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Activation, DenseLayer, Head, Loss, TrainerOptions } from '../../src/nets/engine.ts';
import { caseOf, farthest, flat, largest } from './fused-cases.ts';
import { simd, twin } from './fused-engines.ts';

/** Every kind of network: the gradients are the slopes of the loss that the kernel itself reports. */
const test = suite('gradients against finite differences');

/** The mean loss of one batch; a learning rate of 0 leaves the weights alone. */
function lossAt(
  options: TrainerOptions,
  weights: readonly DenseLayer[],
  x: Float32Array,
  target?: Float32Array,
) {
  const trainer = twin.train({ ...options, weights });
  trainer.setLearningRate(0);
  trainer.step(x, target);
  return trainer.takeLoss();
}

/** Central differences, over the distance that float32 really moved. */
function slopes(options: TrainerOptions, x: Float32Array, target?: Float32Array): number[] {
  const weights = options.weights.map(({ weight, bias }) => ({ weight: weight.slice(), bias: bias.slice() }));
  const slopeAlong = (array: Float32Array, i: number) => {
    const at = array[i];
    const up = (array[i] = at + 2 ** -11);
    const upAt = array[i];
    const above = lossAt(options, weights, x, target);
    array[i] = at - (up - at);
    const below = lossAt(options, weights, x, target);
    const distance = upAt - array[i];
    array[i] = at;
    return (above - below) / distance;
  };
  return weights.flatMap(({ weight, bias }) =>
    [weight, bias].flatMap((array) => Array.from(array, (_, i) => slopeAlong(array, i))),
  );
}

const activations: Activation[] = ['elu', 'relu', 'silu'];
const heads: Head['kind'][] = ['linear', 'abs', 'sigmoid'];
const losses: Loss['kind'][] = ['rebuild', 'squared', 'weighted', 'rebuild-s0'];
const shapes = [[], [1], [5, 3], [7, 2, 6]];

for (const activation of activations)
  for (const head of heads)
    for (const loss of losses)
      test(`${activation}, ${head}, ${loss}`, () => {
        shapes.forEach((hidden, s) => {
          const c = { seed: 7 + s, inputs: 3 + s, hidden, activation, head, loss, batch: 2 * s + 3 };
          const { options, x, target } = caseOf(c);
          const trainer = twin.train(options);
          trainer.step(x, target);
          const gradients = flat(trainer.gradients());
          const expected = slopes(options, x, target);
          const size = largest(expected);
          assert.ok(size > 1e-3, 'a loss that does not move shows nothing');
          assert.ok(farthest(gradients, expected) < 1e-5 * size, `widths ${hidden.join('-')}`);

          const fast = simd.train(options);
          fast.step(x, target);
          assert.ok(
            farthest(flat(fast.gradients()), expected) < 1e-5 * size,
            `SIMD, widths ${hidden.join('-')}`,
          );
        });
      });

test.run();
