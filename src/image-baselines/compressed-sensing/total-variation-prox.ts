import type { ComplexImage } from '../../images/k-space/complex-image.ts';
import type { Prox } from './fista.ts';

/** Steps of the dual problem within each step of the outer one, which begins where the last one ended. */
const STEPS = 5;

export interface TotalVariationOptions {
  readonly width: number;
  readonly height: number;
  /**
   * Whether the two differences of a pixel count by their common length, sum |(dx, dy)|, or one by one, sum |dx| + |dy|, which favours
   * edges along the axes.
   */
  readonly isotropic?: boolean;
  readonly steps?: number;
}

/**
 * The proximal operator of the total variation of complex images by the fast gradient projection of its dual (Beck and Teboulle, IEEE
 * Trans Image Process 2009;18:2419), with forward differences that go on at the other edge.
 */
export function totalVariationProx({
  width,
  height,
  isotropic = true,
  steps = STEPS,
}: TotalVariationOptions): Prox {
  const pixels = width * height;
  // Real and imaginary parts of the dual along x and y, and of its extrapolation.
  const p = [0, 1, 2, 3].map(() => new Float64Array(pixels));
  const r = [0, 1, 2, 3].map(() => new Float64Array(pixels));
  const [pa, pb, pc, pd] = p;
  const [ra, rb, rc, rd] = r;
  const x = [new Float64Array(pixels), new Float64Array(pixels)];
  return ({ real, imaginary }: ComplexImage, weight: number): void => {
    const u = [real, imaginary];
    let momentum = 1;
    r.forEach((part, i) => part.set(p[i]));
    for (let step = 0; step < steps; step++) {
      for (const part of [0, 1]) primal(u[part], r[part], r[2 + part], weight, x[part]);
      const after = (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2;
      const share = (momentum - 1) / after;
      momentum = after;
      const scale = 1 / (8 * weight);
      const [xr, xi] = x;
      for (let row = 0, i = 0; row < height; row++) {
        const down = row < height - 1 ? width : width - pixels;
        for (let column = 0; column < width; column++, i++) {
          const right = column < width - 1 ? 1 : 1 - width;
          let a = ra[i] + scale * (xr[i + right] - xr[i]);
          let b = rb[i] + scale * (xi[i + right] - xi[i]);
          let c = rc[i] + scale * (xr[i + down] - xr[i]);
          let d = rd[i] + scale * (xi[i + down] - xi[i]);
          if (isotropic) {
            const square = a * a + b * b + c * c + d * d;
            if (square > 1) {
              const by = 1 / Math.sqrt(square);
              a *= by;
              b *= by;
              c *= by;
              d *= by;
            }
          } else {
            const along = 1 / Math.max(1, Math.sqrt(a * a + b * b));
            const across = 1 / Math.max(1, Math.sqrt(c * c + d * d));
            a *= along;
            b *= along;
            c *= across;
            d *= across;
          }
          ra[i] = a + share * (a - pa[i]);
          rb[i] = b + share * (b - pb[i]);
          rc[i] = c + share * (c - pc[i]);
          rd[i] = d + share * (d - pd[i]);
          pa[i] = a;
          pb[i] = b;
          pc[i] = c;
          pd[i] = d;
        }
      }
    }
    for (const part of [0, 1]) {
      primal(u[part], p[part], p[2 + part], weight, x[part]);
      u[part].set(x[part]);
    }
  };

  /** u - weight G* p, where G are the forward differences. */
  function primal(
    u: Float64Array,
    px: Float64Array,
    py: Float64Array,
    weight: number,
    out: Float64Array,
  ): void {
    for (let row = 0, i = 0; row < height; row++) {
      const up = row > 0 ? -width : pixels - width;
      for (let column = 0; column < width; column++, i++) {
        const left = column > 0 ? -1 : width - 1;
        out[i] = u[i] - weight * (px[i + left] - px[i] + py[i + up] - py[i]);
      }
    }
  }
}
