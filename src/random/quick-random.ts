import { Xoshiro } from './xoshiro.ts';

const LAYERS = 128;
/** Boundary between the lowest layer and the tail, and the area of each of 128 layers (Marsaglia and Tsang 2000). */
const TAIL = 3.442619855899;
const AREA = 9.91256303526217e-3;
/** Number of steps within a layer. */
const STEPS = 2 ** 23;

/** The layers of the ziggurat, from the lowest. */
interface Layers {
  /** Density at the right edge of each layer, and 1 at the top. */
  readonly density: Float64Array;
  /** Width of a step. */
  readonly width: Float64Array;
  /** Number of steps that are certainly below the density. */
  readonly inside: Int32Array;
}

let built: Layers | undefined;

/** Computed for the first generator of a process. */
const layers = (): Layers => (built ??= buildLayers());

function buildLayers(): Layers {
  const edge = new Float64Array(LAYERS + 1);
  const density = new Float64Array(LAYERS + 1);
  edge[0] = AREA / Math.exp(-0.5 * TAIL * TAIL);
  edge[1] = TAIL;
  for (let i = 1; i <= LAYERS; i++) {
    if (i > 1 && i < LAYERS) edge[i] = Math.sqrt(-2 * Math.log(density[i - 1] + AREA / edge[i - 1]));
    density[i] = Math.exp(-0.5 * edge[i] * edge[i]);
  }
  const width = new Float64Array(LAYERS);
  const inside = new Int32Array(LAYERS);
  for (let i = 0; i < LAYERS; i++) {
    width[i] = edge[i] / STEPS;
    inside[i] = Math.floor((edge[i + 1] / edge[i]) * STEPS);
  }
  return { density, width, inside };
}

/**
 * Random numbers for simulations that need millions and need not match another program: xoshiro128**, and normal numbers in
 * bulk by the ziggurat (Marsaglia and Tsang, J Stat Softw 2000;5:8; layer and number from different bits as in Doornik 2005),
 * in a third of the time of the polar method.
 */
export class QuickRandom extends Xoshiro {
  readonly #layers = layers();

  /** @param seed integer 0..2³²-1 */
  constructor(seed: number) {
    super();
    this.beginAt(seed);
  }

  /** Fills `out` with standard normal numbers, in steps of at most 4e-7. */
  fillGaussian(out: Float64Array): void {
    const { width, inside } = this.#layers;
    for (let i = 0; i < out.length;) {
      const bits = this.nextBits();
      const layer = bits & (LAYERS - 1);
      const steps = bits >> 8;
      const x = steps * width[layer];
      if (Math.abs(steps) < inside[layer]) out[i++] = x;
      else if (layer === 0) out[i++] = steps < 0 ? -this.#beyondTail() : this.#beyondTail();
      else if (this.#isBelowDensity(layer, x)) out[i++] = x;
    }
  }

  #isBelowDensity(layer: number, x: number): boolean {
    const { density } = this.#layers;
    const height = density[layer] + (density[layer + 1] - density[layer]) * this.uniform();
    return height < Math.exp(-0.5 * x * x);
  }

  /** Marsaglia 1964. */
  #beyondTail(): number {
    let x: number;
    let y: number;
    do {
      x = -Math.log(1 - this.uniform()) / TAIL;
      y = -Math.log(1 - this.uniform());
    } while (2 * y < x * x);
    return TAIL + x;
  }
}
