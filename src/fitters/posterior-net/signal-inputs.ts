/**
 * What the network is told of a voxel: its signals, b=0 included, divided by their norm, so that nothing hangs on the
 * noise of b=0 alone; and, where it may know it, the logarithm of the noise level divided by that norm.
 */
export class SignalInputs {
  readonly count: number;
  readonly #signals: number;
  readonly #withNoise: boolean;

  constructor(signals: number, withNoise: boolean) {
    this.#signals = signals;
    this.#withNoise = withNoise;
    this.count = signals + (withNoise ? 1 : 0);
  }

  /**
   * Writes the inputs of the voxel whose signals start at `offset` to `to[at…]`.
   *
   * @param sigma noise in the unit of the signals, above 0
   */
  write(
    values: Float64Array,
    offset: number,
    sigma: number,
    to: Float64Array | Float32Array,
    at: number,
  ): void {
    let square = 0;
    for (let k = 0; k < this.#signals; k++) square += values[offset + k] * values[offset + k];
    const perNorm = 1 / Math.sqrt(square);
    for (let k = 0; k < this.#signals; k++) to[at + k] = values[offset + k] * perNorm;
    if (this.#withNoise) to[at + this.#signals] = Math.log(sigma * perNorm);
  }
}
