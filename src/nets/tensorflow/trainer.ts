import { InputError } from '../../contracts/input-error.ts';
import type { DenseNetwork, Trainer, TrainerOptions } from '../engine.ts';
import { adamStep, adamUpdate } from '../fused/adam.ts';
import { checkBatch, checkTraining } from '../fused/network-shape.ts';
import { targetWidth } from '../fused/loss-shape.ts';
import { headGraph, throughActivation } from './activation.ts';
import { on } from './backend.ts';
import type { Backend, Tensor } from './backend.ts';
import { forward } from './forward.ts';
import { lossGraph } from './loss.ts';
import { operations } from './operations.ts';
import { allocateFlatWeights, fromFlatWeights, toFlatWeights, toTensors } from './flat-weights.ts';

/**
 * Trains with TensorFlow. The backward pass is written out rather than recorded, and Adam runs on this side over
 * the flat weights: op by op TensorFlow spends tens of microseconds on each of the hundred small tensors that its own
 * tape and optimiser make in a step.
 */
export function tensorFlowTrainer(backend: Backend, options: TrainerOptions): Trainer {
  checkTraining(options);
  refuseRegularised(options.network);
  const { network, batch } = options;
  const wanted = targetWidth(network, options.loss);
  const o = operations(backend);
  const { head, loss, ones } = on(backend, () => ({
    head: headGraph(network.head, o),
    loss: lossGraph(options.loss, batch, o),
    ones: o.constant(new Float32Array(batch).fill(1), 1, batch),
  }));
  const weights = toFlatWeights(network, options.weights);
  const gradient = allocateFlatWeights(network);
  const parameters = Float64Array.from(weights.all);
  const slope = new Float64Array(parameters.length);
  const first = new Float64Array(parameters.length);
  const second = new Float64Array(parameters.length);
  let { learningRate } = options.adam;
  let steps = 0;
  let lossSum = 0;

  function computeGradient(x: Tensor, wanted: Tensor): number {
    const layers = toTensors(network, weights, o.matrix, o.vector);
    const pass = forward(network, layers, head, o, x);
    const { value, gradient: toOutputs } = loss.evaluate(pass.outputs, wanted, x);
    let toSums = head.backward(toOutputs, pass.sum);
    for (let i = layers.length - 1; i >= 0; i--) {
      const below = i > 0 ? pass.hidden[i - 1] : undefined;
      gradient.layers[i].weight.set(o.read(o.product(below?.output ?? x, toSums, 'a')));
      gradient.layers[i].bias.set(o.read(o.product(ones, toSums)));
      if (!below) break;
      const toOutput = o.product(toSums, layers[i].weight, 'b');
      toSums = throughActivation(network.activation, o, toOutput, below);
    }
    return value;
  }

  return {
    step(x, target) {
      checkBatch(options, x, target);
      lossSum += on(backend, () => {
        const input = o.matrix(x, batch, network.inputs);
        return computeGradient(input, wanted > 0 ? o.matrix(target!, batch, wanted) : input);
      });
      slope.set(gradient.all);
      steps++;
      adamUpdate(parameters, slope, first, second, options.adam, adamStep(options.adam, learningRate, steps));
      weights.all.set(parameters);
    },
    takeLoss() {
      const sum = lossSum;
      lossSum = 0;
      return sum;
    },
    gradients: () => fromFlatWeights(network, gradient),
    weights: () => fromFlatWeights(network, weights),
    setLearningRate(rate) {
      learningRate = rate;
    },
    dispose: () => o.dispose(),
  };
}

/**
 * Training with branches, normalisation or dropout would take dozens of operations per step, so TensorFlow only applies such
 * networks.
 */
function refuseRegularised({ branches = 1, batchNorm = false, dropout }: DenseNetwork): void {
  if (branches === 1 && !batchNorm && !dropout?.some((share) => share > 0)) return;
  throw new InputError(
    'TensorFlow engines (node, wasm, cpu) use networks with branches, batch normalisation or dropout, but do not train them: choose engine auto or fused',
  );
}
