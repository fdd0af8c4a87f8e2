import { waveHeight, type RandomWaves } from './random-waves.ts';
import type { OrganShape, Vector } from './settings.ts';

/** A function of the direction from the centre that is added to the radius. */
export interface Outline {
  readonly waves: RandomWaves;
  /** Standard deviation, as a fraction of the radius. */
  readonly amplitude: number;
}

/** Outlines are bounded to this many of their standard deviations. */
const FURTHEST = 3;
const SMALLEST_RADIUS = 0.1;

/** A superellipsoid with a smoothly varying outline. */
export class Contour {
  readonly #shape: OrganShape;
  readonly #outlines: readonly Outline[];
  readonly #cos: number;
  readonly #sin: number;
  /** Squared distance from the centre beyond which nothing is inside. */
  readonly #reach: number;
  /** The outlines only matter if |u|^e + |v|^e + |w|^e is between these values. */
  readonly #surely: number;
  readonly #atMost: number;

  constructor(shape: OrganShape, outlines: readonly Outline[] = []) {
    this.#shape = shape;
    this.#outlines = outlines;
    const { radii, exponent, turn } = shape;
    this.#cos = Math.cos((turn * Math.PI) / 180);
    this.#sin = Math.sin((turn * Math.PI) / 180);
    const growth = FURTHEST * outlines.reduce((sum, { amplitude }) => sum + amplitude, 0);
    const corner = 3 ** Math.max(0, 0.5 - 1 / exponent);
    this.#reach = (Math.max(...radii) * corner * (1 + growth)) ** 2;
    this.#surely = Math.max(SMALLEST_RADIUS, 1 - growth) ** exponent;
    this.#atMost = (1 + growth) ** exponent;
  }

  /** Whether a point is inside. */
  holds(x: number, y: number, z: number): boolean {
    const { center, radii, exponent } = this.#shape;
    const dx = x - center[0];
    const dy = y - center[1];
    const dz = z - center[2];
    if (dx * dx + dy * dy + dz * dz >= this.#reach) return false;
    const u = (this.#cos * dx + this.#sin * dy) / radii[0];
    const v = (this.#cos * dy - this.#sin * dx) / radii[1];
    const w = dz / radii[2];
    const sum = Math.abs(u) ** exponent + Math.abs(v) ** exponent + Math.abs(w) ** exponent;
    if (sum < this.#surely) return true;
    if (sum >= this.#atMost) return false;
    const length = Math.sqrt(u * u + v * v + w * w);
    let radius = 1;
    for (let i = 0; i < this.#outlines.length; i++) {
      const { waves, amplitude } = this.#outlines[i];
      const height = waveHeight(waves, u / length, v / length, w / length);
      radius += amplitude * Math.max(-FURTHEST, Math.min(FURTHEST, height));
    }
    return sum < Math.max(SMALLEST_RADIUS, radius) ** exponent;
  }

  /** Returns the contour moved by `shift` mm, its radii multiplied by `size`, with one more outline. */
  changed(shift: Vector, size: number, outline: Outline): Contour {
    const { center, radii } = this.#shape;
    const shape: OrganShape = {
      ...this.#shape,
      center: [center[0] + shift[0], center[1] + shift[1], center[2] + shift[2]],
      radii: [radii[0] * size, radii[1] * size, radii[2] * size],
    };
    return new Contour(shape, [...this.#outlines, outline]);
  }
}
