import type { Acquisition } from './acquisition.ts';
import { ColumnTransform } from './column-transform.ts';
import { emptyImage, type ComplexImage } from './complex-image.ts';

/**
 * The operator E of an acquisition whose lines lie along y, at the speed that iterations need. The measured k-space of a coil is kept as
 * its inverse transform, F* M F of what the coil sees: for a unitary transform these are the same numbers, and where whole rows are
 * measured the transform along x cancels, so that only columns are transformed.
 */
export class Encoding {
  readonly width: number;
  readonly height: number;
  readonly coils: number;
  readonly #sensitivities: ComplexImage;
  /** 1 for a measured row, frequency 0 first. */
  readonly #measured: Uint8Array;
  readonly #transform: ColumnTransform;
  readonly #seen: ComplexImage;

  constructor({ sensitivities, lines }: Acquisition) {
    const { width, height } = sensitivities;
    this.width = width;
    this.height = height;
    this.coils = sensitivities.real.length / (width * height);
    this.#sensitivities = sensitivities;
    const middle = Math.floor(height / 2);
    this.#measured = Uint8Array.from({ length: height }, (_, k) => lines[(k + middle) % height]);
    this.#transform = new ColumnTransform(width, height);
    this.#seen = emptyImage(width, height);
  }

  /** E* E x, which is the sum over coils of conj(S) F* M F S x. @param out overwritten */
  normal(x: ComplexImage, out: ComplexImage): void {
    out.real.fill(0);
    out.imaginary.fill(0);
    for (let coil = 0; coil < this.coils; coil++) {
      this.see(x, coil, this.#seen);
      this.project(this.#seen);
      this.combine(this.#seen, coil, out);
    }
  }

  /** What a coil sees of an image, S x. @param out overwritten */
  see({ real, imaginary }: ComplexImage, coil: number, out: ComplexImage): void {
    const { real: sr, imaginary: si } = this.#sensitivities;
    const from = coil * real.length;
    for (let i = 0; i < real.length; i++) {
      const a = sr[from + i];
      const b = si[from + i];
      out.real[i] = a * real[i] - b * imaginary[i];
      out.imaginary[i] = a * imaginary[i] + b * real[i];
    }
  }

  /** Adds conj(S) times an image of a coil to `out`. */
  combine({ real, imaginary }: ComplexImage, coil: number, out: ComplexImage): void {
    const { real: sr, imaginary: si } = this.#sensitivities;
    const from = coil * real.length;
    for (let i = 0; i < real.length; i++) {
      const a = sr[from + i];
      const b = si[from + i];
      out.real[i] += a * real[i] + b * imaginary[i];
      out.imaginary[i] += a * imaginary[i] - b * real[i];
    }
  }

  /** Keeps of one image what the measured rows hold, F* M F, in place. */
  project({ real, imaginary }: ComplexImage): void {
    this.#transform.apply(real, imaginary, -1);
    const { width } = this;
    this.#measured.forEach((measured, row) => {
      if (measured) return;
      real.fill(0, row * width, (row + 1) * width);
      imaginary.fill(0, row * width, (row + 1) * width);
    });
    this.#transform.apply(real, imaginary, 1);
  }

  /**
   * How far an image is from the measured data, |E x - y| / |y|.
   * @param data of every coil, as `Measured` holds them
   */
  residual(x: ComplexImage, data: ComplexImage): number {
    let [difference, square] = [0, 0];
    const pixels = this.width * this.height;
    const { real, imaginary } = this.#seen;
    for (let coil = 0; coil < this.coils; coil++) {
      this.see(x, coil, this.#seen);
      this.project(this.#seen);
      for (let i = 0; i < pixels; i++) {
        const [a, b] = [data.real[coil * pixels + i], data.imaginary[coil * pixels + i]];
        difference += (real[i] - a) ** 2 + (imaginary[i] - b) ** 2;
        square += a * a + b * b;
      }
    }
    return Math.sqrt(difference / square);
  }
}
