import type { Activation, Head, Loss, TrainerOptions } from '../engine.ts';
import type { KernelMemory } from './kernel-memory.ts';
import { lossCoefficients } from './loss-coefficients.ts';
import { lossTerms } from './loss-terms.ts';
import { LAYER_WORDS, PLAN_WORDS } from './memory-plan.ts';
import type { Job, MemoryPlan } from './memory-plan.ts';
import { targetWidth } from './target-width.ts';

const ACTIVATIONS: Readonly<Record<Activation, number>> = { elu: 0, relu: 1, silu: 2 };
const HEADS: Readonly<Record<Head['kind'], number>> = { linear: 0, abs: 1, sigmoid: 2 };
const LOSSES: Readonly<Record<Loss['kind'], number>> = { rebuild: 0, squared: 1, weighted: 2 };

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
  writeLayers(memory, plan);
  writeHead(memory, network.head, plan);
  if (!training) return;
  memory.numbers(at.plan + 4 * words.length, PLAN_WORDS - words.length).set(coefficients(training));
  const { loss } = training;
  const ofLoss = lossCoefficients(loss).map((value) => (loss.kind === 'rebuild' ? -value : value));
  memory.numbers(at.lossCoefficients, ofLoss.length).set(ofLoss);
}

function writeLayers(memory: KernelMemory, { at, shape }: MemoryPlan): void {
  shape.layers.forEach((layer, l) => {
    memory.write(at.layers + 4 * LAYER_WORDS * l, [
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
      at.values[l + 1],
      at.aux[l],
    ]);
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
  const { beta1, beta2, epsilon } = options.adam;
  return [1 / lossTerms(options), beta1, beta2, 1 - beta1, 1 - beta2, epsilon];
}
