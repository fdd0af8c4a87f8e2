/**
 * The unitary discrete Fourier transform along y of complex images of one size, with frequency 0 in row 0, in place. A mixed-radix
 * transform after Stockham, which needs no reordering (Van Loan, Computational Frameworks for the Fast Fourier Transform, 1992, section
 * 1.7): all columns are transformed at once, so that every inner loop runs along a row.
 */
export class ColumnTransform {
  readonly #width: number;
  readonly #height: number;
  readonly #stages: readonly Stage[];
  readonly #other: { real: Float64Array; imaginary: Float64Array };

  constructor(width: number, height: number) {
    this.#width = width;
    this.#height = height;
    this.#stages = stagesOf(height);
    this.#other = {
      real: new Float64Array(width * height),
      imaginary: new Float64Array(width * height),
    };
  }

  /** @param sign -1 to frequencies, 1 back */
  apply(real: Float64Array, imaginary: Float64Array, sign: -1 | 1): void {
    let [from, to] = [{ real, imaginary }, this.#other];
    let stride = this.#width;
    for (const { radix, span, cosine, sine } of this.#stages) {
      const [xr, xi, yr, yi] = [from.real, from.imaginary, to.real, to.imaginary];
      for (let p = 0, at = 0; p < span; p++) {
        for (let k = 0; k < radix; k++) {
          const out = stride * (radix * p + k);
          for (let j = 0; j < radix; j++, at++) {
            const source = stride * (p + span * j);
            const [c, s] = [cosine[at], sign * sine[at]];
            if (j === 0) {
              for (let q = 0; q < stride; q++) {
                yr[out + q] = c * xr[source + q] - s * xi[source + q];
                yi[out + q] = c * xi[source + q] + s * xr[source + q];
              }
            } else {
              for (let q = 0; q < stride; q++) {
                yr[out + q] += c * xr[source + q] - s * xi[source + q];
                yi[out + q] += c * xi[source + q] + s * xr[source + q];
              }
            }
          }
        }
      }
      stride *= radix;
      [from, to] = [to, from];
    }
    const scale = 1 / Math.sqrt(this.#height);
    for (let i = 0; i < real.length; i++) {
      const [re, im] = [scale * from.real[i], scale * from.imaginary[i]];
      real[i] = re;
      imaginary[i] = im;
    }
  }
}

/** One factor of the length: cos and sin of 2 pi (p k / n + j k / radix) by p, k and j, where n = radix x span rows remain. */
interface Stage {
  readonly radix: number;
  readonly span: number;
  readonly cosine: Float64Array;
  readonly sine: Float64Array;
}

function stagesOf(length: number): Stage[] {
  const stages: Stage[] = [];
  for (let n = length; n > 1;) {
    const radix = smallestFactor(n);
    const span = n / radix;
    const [cosine, sine] = [new Float64Array(n * radix), new Float64Array(n * radix)];
    for (let p = 0, at = 0; p < span; p++) {
      for (let k = 0; k < radix; k++) {
        for (let j = 0; j < radix; j++, at++) {
          // As one fraction, so that the angle is exact.
          const angle = (2 * Math.PI * ((p * k + span * j * k) % n)) / n;
          cosine[at] = Math.cos(angle);
          sine[at] = Math.sin(angle);
        }
      }
    }
    stages.push({ radix, span, cosine, sine });
    n = span;
  }
  return stages;
}

function smallestFactor(n: number): number {
  for (let factor = 2; factor * factor <= n; factor++) if (n % factor === 0) return factor;
  return n;
}
