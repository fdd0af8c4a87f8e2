import type { TrainerOptions } from './engine.ts';

/** Parameters with their Adam moments, flat, in float64 so that small steps are not lost. */
export class Adam {
  readonly parameters: Float64Array;
  learningRate: number;
  readonly #first: Float64Array;
  readonly #second: Float64Array;
  readonly #options: TrainerOptions['adam'];
  #steps = 0;

  constructor(parameters: ArrayLike<number>, options: TrainerOptions['adam']) {
    this.parameters = Float64Array.from(parameters);
    this.learningRate = options.learningRate;
    this.#first = new Float64Array(parameters.length);
    this.#second = new Float64Array(parameters.length);
    this.#options = options;
  }

  /** One step of Kingma and Ba (2015), algorithm 1, with epsilon outside the bias correction as PyTorch has it. */
  step(gradient: Float32Array): void {
    const { beta1, beta2, epsilon } = this.#options;
    const [p, m, v] = [this.parameters, this.#first, this.#second];
    this.#steps++;
    const rate = this.learningRate / (1 - beta1 ** this.#steps);
    const unbias = 1 / Math.sqrt(1 - beta2 ** this.#steps);
    for (let i = 0; i < p.length; i++) {
      const g = gradient[i]!;
      const mean = (m[i] = beta1 * m[i]! + (1 - beta1) * g);
      const square = (v[i] = beta2 * v[i]! + (1 - beta2) * g * g);
      p[i] = p[i]! - (rate * mean) / (Math.sqrt(square) * unbias + epsilon);
    }
  }
}
