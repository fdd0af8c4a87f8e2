import type { Activation, DenseNetwork, Head, Loss, TrainerOptions } from '../engine.ts';
import { dropoutThreshold } from './dropout.ts';
import type { KernelMemory } from './kernel-memory.ts';
import { lossCoefficients } from './loss-coefficients.ts';
import { lossTerms } from './loss-terms.ts';
import { LAYER_WORDS } from './memory-plan.ts';
import type { Job, MemoryPlan } from './memory-plan.ts';
import { targetWidth } from './target-width.ts';

const ACTIVATIONS: Readonly<Record<Activation, number>> = { elu: 0, relu: 1, silu: 2 };
const HEADS: Readonly<Record<Head['kind'], number>> = { linear: 0, abs: 1, sigmoid: 2 };
const LOSSES: Readonly<Record<Loss['kind'], number>> = {
  rebuild: 0,
  squared: 1,
  weighted: 2,
  'rebuild-s0': 3,
};

/** Writes what the kernel is called with: the classes Plan and Layer of `src/nets/assembly/plan.ts`, in their order. */
export function writePlan(memory: KernelMemory, job: Job, plan: MemoryPlan): void {
  const { network, training } = job;
  const { at, shape, stride } = plan;
  const words = [
    shape.layers.length,
    at.layers,
    ACTIVATIONS[network.activation],
    HEADS[network.head.kind],
    at.low,
    at.range,
    training ? LOSSES[training.loss.kind] : 0,
    at.lossCoefficients,
    network.inputs,
    network.outputs,
    stride,
    job.rows,
    at.x,
    at.targets,
    training ? targetWidth(network, training.loss) : 0,
    at.results,
    at.out,
    at.targetValues,
    at.above,
    at.below,
    at.zeros,
    shape.size,
    at.parameters,
    at.gradient,
    at.first,
    at.second,
  ];
  memory.write(at.plan, words);
  writeLayers(memory, network, plan);
  writeHead(memory, network.head, plan);
  if (!training) return;
  const numbers = coefficients(training);
  memory.numbers(at.plan + 4 * words.length, numbers.length).set(numbers);
  const { loss } = training;
  const firstB = loss.kind === 'rebuild' ? 0 : loss.kind === 'rebuild-s0' ? 5 : Infinity;
  const ofLoss = lossCoefficients(loss).map((value, i) => (i >= firstB ? -value : value));
  memory.numbers(at.lossCoefficients, ofLoss.length).set(ofLoss);
}

function writeLayers(memory: KernelMemory, network: DenseNetwork, { at, shape, stride }: MemoryPlan): void {
  shape.layers.forEach((layer, l) => {
    const isNormalised = layer.normAt !== undefined;
    const inNorm = (start: number, further = 0) =>
      isNormalised ? start + 4 * (layer.normAt + further * layer.groups * layer.paddedOutputs) : 0;
    const norm = at.norms[l];
    const share = network.dropout?.[l] ?? 0;
    const words = [
      layer.inputs,
      layer.outputs,
      layer.paddedInputs,
      layer.paddedOutputs,
      at.parameters + 4 * layer.weightAt,
      at.parameters + 4 * layer.biasAt,
      at.transposed + 4 * layer.weightAt,
      at.gradient + 4 * layer.weightAt,
      at.gradient + 4 * layer.biasAt,
      at.values[l],
      at.sums[l],
      at.aux[l],
      layer.groups,
      4 * stride * layer.inputStep,
      4 * stride * layer.outputStep,
      inNorm(at.parameters),
      inNorm(at.parameters, 1),
      inNorm(at.gradient),
      inNorm(at.gradient, 1),
      norm.mean,
      norm.variance,
      norm.inverse,
      norm.normalised,
      dropoutThreshold(share),
    ];
    const start = at.layers + 4 * LAYER_WORDS * l;
    memory.write(start, words);
    memory.numbers(start + 4 * words.length, 1)[0] = 1 / (1 - share);
  });
}

/** A sigmoid's ranges, each number four times over to fill a vector. */
function writeHead(memory: KernelMemory, head: Head, { at }: MemoryPlan): void {
  if (head.kind !== 'sigmoid') return;
  const { low, high } = head;
  memory.numbers(at.low, 4 * low.length).set(low.flatMap((v) => [v, v, v, v]));
  const ranges = high.map((v, o) => v - low[o]);
  memory.numbers(at.range, 4 * low.length).set(ranges.flatMap((v) => [v, v, v, v]));
}

function coefficients(options: TrainerOptions): number[] {
  const { beta1, beta2, epsilon, weightDecay = 0 } = options.adam;
  return [1 / lossTerms(options), beta1, beta2, 1 - beta1, 1 - beta2, epsilon, weightDecay];
}
