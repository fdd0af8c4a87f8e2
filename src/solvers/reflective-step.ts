/** A box that the three parameters stay in. */
export interface Box {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/**
 * The step of the trust-region reflective method (Branch, Coleman and Li 1999, section 3 and figure 4): the trust-region step
 * if it stays inside the box; otherwise the one of lowest quadratic model among that step cut short of the bound, its
 * reflection at the bound, and the scaled steepest descent.
 *
 * "Hat" vectors are in the scaled space, x = d * hat. The quadratic model is 0.5 |R s|² + g's in it. The fields are
 * working space; the answer is in `step`, `stepHat` and `decrease`.
 */
export class ReflectiveStep {
  readonly step = new Float64Array(3);
  readonly stepHat = new Float64Array(3);
  /** Decrease of the quadratic model. */
  decrease = 0;

  readonly #box: Box;
  readonly #hits = new Uint8Array(3);
  readonly #onBound = new Float64Array(3);
  readonly #reflected = new Float64Array(3);
  readonly #reflectedHat = new Float64Array(3);
  readonly #descent = new Float64Array(3);
  readonly #descentHat = new Float64Array(3);
  readonly #line = new Float64Array(3);

  constructor(box: Box) {
    this.#box = box;
  }

  /**
   * @param x the current point, strictly inside the box
   * @param R column-major upper triangle of the model
   * @param g gradient in the scaled space
   * @param d scaling
   * @param pHat trust-region step in the scaled space
   * @param radius of the trust region
   * @param theta largest fraction of the way to a bound
   */
  choose(
    x: Float64Array,
    R: Float64Array,
    g: Float64Array,
    d: Float64Array,
    pHat: Float64Array,
    radius: number,
    theta: number,
  ): void {
    const { step, stepHat } = this;
    for (let i = 0; i < 3; i++) {
      stepHat[i] = pHat[i];
      step[i] = d[i] * pHat[i];
    }
    if (this.#inside(x, step)) {
      this.decrease = -modelValue(R, g, stepHat);
      return;
    }

    const stride = this.#toBound(x, step);
    const hits = this.#hits;
    const reflected = this.#reflected;
    const reflectedHat = this.#reflectedHat;
    const onBound = this.#onBound;
    for (let i = 0; i < 3; i++) {
      reflectedHat[i] = hits[i] ? -stepHat[i] : stepHat[i];
      reflected[i] = d[i] * reflectedHat[i];
      step[i] = step[i] * stride;
      stepHat[i] = stepHat[i] * stride;
      onBound[i] = x[i] + step[i];
    }

    const reflectedValue = this.#reflect(R, g, radius, theta, stride);

    for (let i = 0; i < 3; i++) {
      step[i] = step[i] * theta;
      stepHat[i] = stepHat[i] * theta;
    }
    const cutValue = modelValue(R, g, stepHat);

    const descent = this.#descent;
    const descentHat = this.#descentHat;
    for (let i = 0; i < 3; i++) {
      descentHat[i] = -g[i];
      descent[i] = d[i] * descentHat[i];
    }
    const toRegion = radius / norm(descentHat);
    const toBound = this.#toBound(x, descent);
    const longest = toBound < toRegion ? theta * toBound : toRegion;
    const a = 0.5 * squaredImage(R, descentHat);
    const b = dot(g, descentHat);
    const along = bestOnLine(a, b, 0, longest);
    const descentValue = along * (a * along + b);

    if (cutValue < reflectedValue && cutValue < descentValue) {
      this.decrease = -cutValue;
    } else if (reflectedValue < cutValue && reflectedValue < descentValue) {
      for (let i = 0; i < 3; i++) {
        stepHat[i] = reflectedHat[i];
        step[i] = d[i] * reflectedHat[i];
      }
      this.decrease = -reflectedValue;
    } else {
      for (let i = 0; i < 3; i++) {
        stepHat[i] = descentHat[i] * along;
        step[i] = descent[i] * along;
      }
      this.decrease = -descentValue;
    }
  }

  /** Finds the best step that ends on the reflected direction. @returns its model value */
  #reflect(R: Float64Array, g: Float64Array, radius: number, theta: number, stride: number): number {
    const hat = this.#reflectedHat;
    const start = this.stepHat;
    const toRegion = toSphere(start, hat, radius);
    const toBound = this.#toBound(this.#onBound, this.#reflected);
    const reach = Math.min(toBound, toRegion);
    if (!(reach > 0)) return Infinity;
    const shortest = ((1 - theta) * stride) / reach;
    const longest = reach === toBound ? theta * toBound : toRegion;
    if (!(shortest <= longest)) return Infinity;

    const line = this.#line;
    multiply(R, hat, line);
    const a = 0.5 * dot(line, line);
    const v0 = line[0];
    const v1 = line[1];
    const v2 = line[2];
    multiply(R, start, line);
    const b = dot(g, hat) + line[0] * v0 + line[1] * v1 + line[2] * v2;
    const c = 0.5 * dot(line, line) + dot(g, start);
    const t = bestOnLine(a, b, shortest, longest);
    for (let i = 0; i < 3; i++) hat[i] = start[i] + t * hat[i];
    return t * (a * t + b) + c;
  }

  #inside(x: Float64Array, s: Float64Array): boolean {
    const { lower, upper } = this.#box;
    for (let i = 0; i < 3; i++) {
      const moved = x[i] + s[i];
      if (!(moved >= lower[i] && moved <= upper[i])) return false;
    }
    return true;
  }

  /** Returns the multiple of `s` that reaches the nearest bound, and marks the parameters that reach it. */
  #toBound(x: Float64Array, s: Float64Array): number {
    const { lower, upper } = this.#box;
    const steps = this.#line;
    let nearest = Infinity;
    for (let i = 0; i < 3; i++) {
      const si = s[i];
      steps[i] = si === 0 ? Infinity : Math.max((lower[i] - x[i]) / si, (upper[i] - x[i]) / si);
      if (steps[i] < nearest) nearest = steps[i];
    }
    for (let i = 0; i < 3; i++) this.#hits[i] = steps[i] === nearest && s[i] !== 0 ? 1 : 0;
    return nearest;
  }
}

/** The larger t with |x + t s| = radius, x inside (Numerical Recipes, section 5.6, against cancellation). */
function toSphere(x: Float64Array, s: Float64Array, radius: number): number {
  const a = dot(s, s);
  const b = dot(x, s);
  const c = Math.min(0, dot(x, x) - radius * radius);
  const root = Math.sqrt(b * b - a * c);
  const q = b < 0 ? -(b - root) : -(b + root);
  if (q === 0) return 0;
  return Math.max(q / a, c / q);
}

/** The t between two ends where t (a t + b) is least. */
function bestOnLine(a: number, b: number, from: number, to: number): number {
  let best = to * (a * to + b) < from * (a * from + b) ? to : from;
  if (a !== 0) {
    const t = (-0.5 * b) / a;
    if (from < t && t < to && t * (a * t + b) < best * (a * best + b)) best = t;
  }
  return best;
}

function modelValue(R: Float64Array, g: Float64Array, s: Float64Array): number {
  return 0.5 * squaredImage(R, s) + dot(g, s);
}

function squaredImage(R: Float64Array, s: Float64Array): number {
  const a = R[0] * s[0] + R[3] * s[1] + R[6] * s[2];
  const b = R[4] * s[1] + R[7] * s[2];
  const c = R[8] * s[2];
  return a * a + b * b + c * c;
}

function multiply(R: Float64Array, s: Float64Array, out: Float64Array): void {
  out[0] = R[0] * s[0] + R[3] * s[1] + R[6] * s[2];
  out[1] = R[4] * s[1] + R[7] * s[2];
  out[2] = R[8] * s[2];
}

function dot(a: Float64Array, b: Float64Array): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

function norm(a: Float64Array): number {
  return Math.sqrt(dot(a, a));
}
