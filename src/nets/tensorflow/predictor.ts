import type { DenseNetwork, DenseWeights, Predictor } from '../engine.ts';
import { expandBranches } from '../layers.ts';
import { foldNorm } from '../fused/batch-norm.ts';
import { checkPrediction } from '../fused/network-shape.ts';
import { on } from './backend.ts';
import type { Backend } from './backend.ts';
import { forward } from './forward.ts';
import { headGraph } from './activation.ts';
import { operations } from './operations.ts';
import { toFlatWeights, toTensors } from './flat-weights.ts';

/**
 * Rows go through in blocks of this size, the last one filled up with zeros: matrix products may round differently
 * for another number of rows, and the answer for a row must not depend on what else is in the call.
 */
const BLOCK = 4096;

export function tensorFlowPredictor(
  backend: Backend,
  network: DenseNetwork,
  weights: DenseWeights,
): Predictor {
  const { inputs, outputs } = network;
  const o = operations(backend);
  const folded = foldNorm(network, weights);
  const plain = expandBranches(folded.network, folded.weights);
  const { layers, head } = on(backend, () => ({
    layers: toTensors(
      plain.network,
      toFlatWeights(plain.network, plain.weights),
      o.constant,
      o.constantVector,
    ),
    head: headGraph(network.head, o),
  }));
  const padded = new Float32Array(BLOCK * inputs);
  return {
    predict(x, n, out) {
      checkPrediction(network, x, n, out);
      for (let start = 0; start < n; start += BLOCK) {
        const rows = Math.min(BLOCK, n - start);
        let block = x.subarray(start * inputs, (start + rows) * inputs);
        if (rows < BLOCK) {
          padded.fill(0).set(block);
          block = padded;
        }
        const values = on(backend, () =>
          o.read(forward(plain.network, layers, head, o, o.matrix(block, BLOCK, inputs)).outputs),
        );
        out.set(rows < BLOCK ? values.subarray(0, rows * outputs) : values, start * outputs);
      }
    },
    dispose: () => o.dispose(),
  };
}
