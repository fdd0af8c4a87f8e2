import type {
  DenseLayer,
  DenseNetwork,
  DenseWeights,
  Predictor,
  Trainer,
  TrainerOptions,
} from '../engine.ts';
import { adamStep } from './adam.ts';
import { dropoutKey } from './dropout.ts';
import { foldNorm } from './batch-norm.ts';
import { KernelMemory, planMemory } from './kernel-memory.ts';
import type { Job, MemoryPlan } from './kernel-memory.ts';
import { lossTerms, targetWidth } from './loss-shape.ts';
import { checkBatch, checkPrediction, checkTraining, shapeOf } from './network-shape.ts';
import { gather, packWeights, spread, unpackWeights } from './pack-weights.ts';
import { writePlan } from './plan-record.ts';

/** What the compiled kernel (`src/nets/assembly/index.ts`) exports. */
interface KernelExports {
  prepare(plan: number): void;
  step(plan: number, rate: number, rootCorrection: number, dropoutKey: number): number;
  predict(plan: number, n: number): void;
  fuses(x: number): number;
}

/** Voxels per call of the kernel: enough for the cost of a call to be negligible, few enough to stay in the cache. */
const ROWS = 1024;

/** Whether a kernel's multiply-adds are rounded once on this processor. */
export function fusesMultiplyAdd(module: WebAssembly.Module): boolean {
  const memory = new WebAssembly.Memory({ initial: 0 });
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  return (exports as unknown as KernelExports).fuses(1 + 2 ** -12) !== 0;
}

/** A kernel instance for one job. Its memory is just large enough, and is released with the job. */
function instantiate(module: WebAssembly.Module, job: Job, weights: DenseWeights) {
  const imported = new WebAssembly.Memory({ initial: 0 });
  const memory = new KernelMemory(imported);
  const plan: MemoryPlan = planMemory(memory, job);
  writePlan(memory, job, plan);
  packWeights(plan.shape, weights, memory.numbers(plan.at.parameters, plan.shape.size));
  weights.forEach(({ norm }, l) => {
    if (!norm) return;
    const { mean, variance } = runningAt(memory, plan, l);
    spread(plan.shape.layers[l], norm.mean, mean);
    spread(plan.shape.layers[l], norm.variance, variance);
  });
  const { exports } = new WebAssembly.Instance(module, { env: { memory: imported } });
  const kernel = exports as unknown as KernelExports;
  kernel.prepare(plan.at.plan);
  return { kernel, memory, plan };
}

/** A normalised layer's running statistics. */
function runningAt(memory: KernelMemory, { at, shape }: MemoryPlan, l: number) {
  const { groups, paddedOutputs } = shape.layers[l];
  const { mean, variance } = at.norms[l];
  const units = groups * paddedOutputs;
  return { mean: memory.numbers(mean, units), variance: memory.numbers(variance, units) };
}

/** Forward pass, backward pass and Adam in one call of the SIMD kernel. */
export class SimdTrainer implements Trainer {
  readonly #options: TrainerOptions;
  readonly #kernel: KernelExports;
  readonly #memory: KernelMemory;
  readonly #plan: MemoryPlan;
  readonly #x: Float32Array;
  readonly #targets: Float32Array | undefined;
  readonly #terms: number;
  #learningRate: number;
  #steps = 0;
  #loss = 0;

  constructor(module: WebAssembly.Module, options: TrainerOptions) {
    checkTraining(options);
    const { network, batch, loss } = options;
    const job = { network, rows: batch, training: options };
    const { kernel, memory, plan } = instantiate(module, job, options.weights);
    this.#options = options;
    this.#kernel = kernel;
    this.#memory = memory;
    this.#plan = plan;
    this.#x = memory.numbers(plan.at.x, batch * network.inputs);
    const wanted = targetWidth(network, loss);
    if (wanted > 0) this.#targets = memory.numbers(plan.at.targets, batch * wanted);
    this.#terms = lossTerms(options);
    this.#learningRate = options.adam.learningRate;
  }

  step(x: Float32Array, target?: Float32Array): void {
    checkBatch(this.#options, x, target);
    this.#x.set(x);
    if (this.#targets && target) this.#targets.set(target);
    const { rate, rootCorrection } = adamStep(this.#options.adam, this.#learningRate, ++this.#steps);
    const key = dropoutKey(this.#options.seed ?? 0, this.#steps);
    this.#loss += this.#kernel.step(this.#plan.at.plan, rate, rootCorrection, key) / this.#terms;
  }

  takeLoss(): number {
    const loss = this.#loss;
    this.#loss = 0;
    return loss;
  }

  gradients(): DenseLayer[] {
    return this.#layersAt(this.#plan.at.gradient);
  }

  weights(): DenseLayer[] {
    const layers = this.#layersAt(this.#plan.at.parameters);
    layers.forEach(({ norm }, l) => {
      if (!norm) return;
      const running = runningAt(this.#memory, this.#plan, l);
      gather(this.#plan.shape.layers[l], running.mean, norm.mean);
      gather(this.#plan.shape.layers[l], running.variance, norm.variance);
    });
    return layers;
  }

  #layersAt(address: number): DenseLayer[] {
    const { shape } = this.#plan;
    return unpackWeights(shape, this.#memory.numbers(address, shape.size));
  }

  setLearningRate(rate: number): void {
    this.#learningRate = rate;
  }

  dispose(): void {}
}

/** A network for prediction with the SIMD kernel. */
export function predictWithSimd(
  module: WebAssembly.Module,
  network: DenseNetwork,
  weights: DenseWeights,
): Predictor {
  shapeOf(network);
  const folded = foldNorm(network, weights);
  const job = { network: folded.network, rows: ROWS };
  const { kernel, memory, plan } = instantiate(module, job, folded.weights);
  const { inputs, outputs } = network;
  const block = memory.numbers(plan.at.x, ROWS * inputs);
  const results = memory.numbers(plan.at.results, ROWS * outputs);
  return {
    predict(x, n, out) {
      checkPrediction(network, x, n, out);
      for (let from = 0; from < n; from += ROWS) {
        const rows = Math.min(ROWS, n - from);
        block.set(x.subarray(from * inputs, (from + rows) * inputs));
        kernel.predict(plan.at.plan, rows);
        out.set(results.subarray(0, rows * outputs), from * outputs);
      }
    },
    dispose() {},
  };
}
