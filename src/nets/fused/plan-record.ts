import type { Activation, DenseNetwork, Head, Loss } from '../engine.ts';
import { dropoutThreshold } from './dropout.ts';
import type { Job, KernelMemory, MemoryPlan } from './kernel-memory.ts';
import { lossCoefficients, lossTerms, targetWidth } from './loss-shape.ts';
import { LAYER_FIELDS, PLAN_FIELDS } from './record-fields.ts';

const ACTIVATIONS: Readonly<Record<Activation, number>> = { elu: 0, relu: 1, silu: 2 };
const HEADS: Readonly<Record<Head['kind'], number>> = { linear: 0, abs: 1, sigmoid: 2 };
const LOSSES: Readonly<Record<Loss['kind'], number>> = {
  rebuild: 0,
  squared: 1,
  weighted: 2,
  'rebuild-s0': 3,
};

/** Writes the records for a call of the kernel; `src/nets/assembly/plan.ts` describes the fields. */
export function writePlan(memory: KernelMemory, job: Job, plan: MemoryPlan): void {
  const { network, training } = job;
  const { at, shape, stride } = plan;
  const { beta1, beta2, epsilon, weightDecay = 0 } = training?.adam ?? { beta1: 0, beta2: 0, epsilon: 0 };
  memory.write(at.plan, PLAN_FIELDS, {
    layerCount: shape.layers.length,
    layers: at.layers,
    activation: ACTIVATIONS[network.activation],
    head: HEADS[network.head.kind],
    low: at.low,
    range: at.range,
    loss: training ? LOSSES[training.loss.kind] : 0,
    lossCoefficients: at.lossCoefficients,
    inputs: network.inputs,
    outputs: network.outputs,
    stride,
    batch: job.rows,
    x: at.x,
    targets: at.targets,
    targetWidth: training ? targetWidth(network, training.loss) : 0,
    results: at.results,
    out: at.out,
    targetValues: at.targetValues,
    above: at.above,
    below: at.below,
    zeros: at.zeros,
    size: shape.size,
    parameters: at.parameters,
    gradient: at.gradient,
    first: at.first,
    second: at.second,
    scale: training ? 1 / lossTerms(training) : 0,
    beta1,
    beta2,
    rest1: 1 - beta1,
    rest2: 1 - beta2,
    epsilon,
    weightDecay,
    // Set by the kernel, step by step.
    dropoutKey: 0,
    column: 0,
  });
  writeLayers(memory, network, plan);
  writeHead(memory, network.head, plan);
  if (!training) return;
  const { loss } = training;
  const firstB = loss.kind === 'rebuild' ? 0 : loss.kind === 'rebuild-s0' ? 5 : Infinity;
  const coefficients = lossCoefficients(loss).map((value, i) => (i >= firstB ? -value : value));
  memory.numbers(at.lossCoefficients, coefficients.length).set(coefficients);
}

function writeLayers(memory: KernelMemory, network: DenseNetwork, { at, shape, stride }: MemoryPlan): void {
  shape.layers.forEach((layer, l) => {
    const { normAt } = layer;
    const units = layer.groups * layer.paddedOutputs;
    /** Scales of the normalisation in an array of parameters, then shifts; 0 where there is none. */
    const scales = (start: number) => (normAt === undefined ? 0 : start + 4 * normAt);
    const shifts = (start: number) => (normAt === undefined ? 0 : start + 4 * (normAt + units));
    const share = network.dropout?.[l] ?? 0;
    memory.write(at.layers + LAYER_BYTES * l, LAYER_FIELDS, {
      inputs: layer.inputs,
      outputs: layer.outputs,
      paddedInputs: layer.paddedInputs,
      paddedOutputs: layer.paddedOutputs,
      weight: at.parameters + 4 * layer.weightAt,
      bias: at.parameters + 4 * layer.biasAt,
      transposed: at.transposed + 4 * layer.weightAt,
      weightGradient: at.gradient + 4 * layer.weightAt,
      biasGradient: at.gradient + 4 * layer.biasAt,
      values: at.values[l],
      sums: at.sums[l],
      aux: at.aux[l],
      groups: layer.groups,
      inputStep: 4 * stride * layer.inputStep,
      outputStep: 4 * stride * layer.outputStep,
      scale: scales(at.parameters),
      shift: shifts(at.parameters),
      scaleGradient: scales(at.gradient),
      shiftGradient: shifts(at.gradient),
      ...at.norms[l],
      dropThreshold: dropoutThreshold(share),
      dropRaise: 1 / (1 - share),
    });
  });
}

const LAYER_BYTES = 4 * Object.keys(LAYER_FIELDS).length;

/** Writes the range of a sigmoid, each number four times to fill a vector. */
function writeHead(memory: KernelMemory, head: Head, { at }: MemoryPlan): void {
  if (head.kind !== 'sigmoid') return;
  const { low, high } = head;
  memory.numbers(at.low, 4 * low.length).set(low.flatMap((v) => [v, v, v, v]));
  const ranges = high.map((v, o) => v - low[o]);
  memory.numbers(at.range, 4 * low.length).set(ranges.flatMap((v) => [v, v, v, v]));
}
