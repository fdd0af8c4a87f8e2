/**
 * The unitary discrete Fourier transform along y of complex images of one size, with frequency 0 in row 0, in place. A mixed-radix
 * transform after Stockham, which needs no reordering (Van Loan, Computational Frameworks for the Fast Fourier Transform, 1992, section
 * 1.7): all columns are transformed at once, so that every inner loop runs along a row.
 */
export class ColumnTransform {
  readonly #width: number;
  readonly #height: number;
  readonly #stages: readonly Stage[];
  readonly #other: Parts;

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
    let [from, to]: [Parts, Parts] = [{ real, imaginary }, this.#other];
    let stride = this.#width;
    for (const stage of this.#stages) {
      if (stage.radix === 4) radixFour(stage, from, to, stride, sign);
      else anyRadix(stage, from, to, stride, sign);
      stride *= stage.radix;
      [from, to] = [to, from];
    }
    const scale = 1 / Math.sqrt(this.#height);
    const { real: a, imaginary: b } = from;
    for (let i = 0; i < real.length; i++) {
      real[i] = scale * a[i];
      imaginary[i] = scale * b[i];
    }
  }
}

interface Parts {
  readonly real: Float64Array;
  readonly imaginary: Float64Array;
}

/** y[p, k] = sum over j of x[p, j] exp(2 pi i (p k / n + j k / radix)), for all columns of all rows of a stage. */
function anyRadix(
  { radix, span, cosine, sine }: Stage,
  { real: xr, imaginary: xi }: Parts,
  { real: yr, imaginary: yi }: Parts,
  stride: number,
  sign: -1 | 1,
): void {
  for (let p = 0, at = 0; p < span; p++) {
    for (let k = 0; k < radix; k++) {
      const out = stride * (radix * p + k);
      for (let j = 0; j < radix; j++, at++) {
        const source = stride * (p + span * j);
        const c = cosine[at];
        const s = sign * sine[at];
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
}

/** The same for four: powers of i are exchanges of real and imaginary part, which leaves three products of sixteen. */
function radixFour(
  { span, cosine, sine }: Stage,
  { real: xr, imaginary: xi }: Parts,
  { real: yr, imaginary: yi }: Parts,
  stride: number,
  sign: -1 | 1,
): void {
  const step = stride * span;
  for (let p = 0; p < span; p++) {
    // Where j is 0 the factor is exp(2 pi i p k / n).
    const [c1, c2, c3] = [cosine[16 * p + 4], cosine[16 * p + 8], cosine[16 * p + 12]];
    const [s1, s2, s3] = [sign * sine[16 * p + 4], sign * sine[16 * p + 8], sign * sine[16 * p + 12]];
    for (let q = 0, x = stride * p, y = 4 * stride * p; q < stride; q++, x++, y++) {
      const ar = xr[x] + xr[x + 2 * step];
      const ai = xi[x] + xi[x + 2 * step];
      const br = xr[x] - xr[x + 2 * step];
      const bi = xi[x] - xi[x + 2 * step];
      const cr = xr[x + step] + xr[x + 3 * step];
      const ci = xi[x + step] + xi[x + 3 * step];
      // Times i, or -i.
      const dr = sign * (xi[x + 3 * step] - xi[x + step]);
      const di = sign * (xr[x + step] - xr[x + 3 * step]);
      yr[y] = ar + cr;
      yi[y] = ai + ci;
      yr[y + stride] = c1 * (br + dr) - s1 * (bi + di);
      yi[y + stride] = c1 * (bi + di) + s1 * (br + dr);
      yr[y + 2 * stride] = c2 * (ar - cr) - s2 * (ai - ci);
      yi[y + 2 * stride] = c2 * (ai - ci) + s2 * (ar - cr);
      yr[y + 3 * stride] = c3 * (br - dr) - s3 * (bi - di);
      yi[y + 3 * stride] = c3 * (bi - di) + s3 * (br - dr);
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
    const radix = n % 4 === 0 ? 4 : smallestFactor(n);
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
