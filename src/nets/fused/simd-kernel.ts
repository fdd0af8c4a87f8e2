import type {
  DenseLayer,
  DenseNetwork,
  DenseWeights,
  Predictor,
  Trainer,
  TrainerOptions,
} from '../engine.ts';
import { adamStep } from './adam.ts';
import { lossTerms, planMemory } from './memory-plan.ts';
import type { PlannedMemory } from './memory-plan.ts';
import { checkBatch, checkPrediction, checkTraining, packWeights, unpackWeights } from './network-shape.ts';

/** What the compiled kernel (`src/nets/assembly/index.ts`) exports. */
interface KernelExports {
  prepare(plan: number): void;
  step(plan: number, rate: number, rootCorrection: number): number;
  predict(plan: number, n: number): void;
}

/** Voxels handed to the kernel in one call: enough to make the call free, few enough to stay in cache. */
const ROWS = 1024;

/** Each job has a memory of its own, just large enough, which goes when the job does. */
function instantiate(module: WebAssembly.Module): { memory: WebAssembly.Memory; kernel: KernelExports } {
  const memory = new WebAssembly.Memory({ initial: 0 });
  const instance = new WebAssembly.Instance(module, { env: { memory } });
  return { memory, kernel: instance.exports as unknown as KernelExports };
}

/** Forward pass, backward pass and Adam in one call of the SIMD kernel. */
export class SimdTrainer implements Trainer {
  readonly #options: TrainerOptions;
  readonly #kernel: KernelExports;
  readonly #planned: PlannedMemory;
  readonly #terms: number;
  #learningRate: number;
  #steps = 0;
  #loss = 0;

  constructor(module: WebAssembly.Module, options: TrainerOptions) {
    checkTraining(options);
    const { memory, kernel } = instantiate(module);
    this.#options = options;
    this.#kernel = kernel;
    this.#planned = planMemory(memory, { task: 'train', options });
    this.#terms = lossTerms(options);
    this.#learningRate = options.adam.learningRate;
    packWeights(this.#planned.shape, options.weights, this.#planned.parameters);
    kernel.prepare(this.#planned.plan);
  }

  step(x: Float32Array, target?: Float32Array): void {
    checkBatch(this.#options, x, target);
    const planned = this.#planned;
    planned.x.set(x);
    if (target && planned.targets.length > 0) planned.targets.set(target);
    const { rate, rootCorrection } = adamStep(this.#options.adam, this.#learningRate, ++this.#steps);
    this.#loss += this.#kernel.step(planned.plan, rate, rootCorrection) / this.#terms;
  }

  takeLoss(): number {
    const loss = this.#loss;
    this.#loss = 0;
    return loss;
  }

  gradients(): DenseLayer[] {
    return unpackWeights(this.#planned.shape, this.#planned.gradient);
  }

  weights(): DenseLayer[] {
    return unpackWeights(this.#planned.shape, this.#planned.parameters);
  }

  setLearningRate(rate: number): void {
    this.#learningRate = rate;
  }

  dispose(): void {}
}

/** A network being used through the SIMD kernel. */
export function predictWithSimd(
  module: WebAssembly.Module,
  network: DenseNetwork,
  weights: DenseWeights,
): Predictor {
  const { memory, kernel } = instantiate(module);
  const planned = planMemory(memory, { task: 'predict', network, rows: ROWS });
  packWeights(planned.shape, weights, planned.parameters);
  kernel.prepare(planned.plan);
  const { inputs, outputs } = network;
  return {
    predict(x, n, out) {
      checkPrediction(network, x, n, out);
      for (let from = 0; from < n; from += ROWS) {
        const rows = Math.min(ROWS, n - from);
        planned.x.set(x.subarray(from * inputs, (from + rows) * inputs));
        kernel.predict(planned.plan, rows);
        out.set(planned.results.subarray(0, rows * outputs), from * outputs);
      }
    },
    dispose() {},
  };
}
