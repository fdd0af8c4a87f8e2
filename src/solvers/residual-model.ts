/** Residuals of a model of three parameters at `m` measurements, with first derivatives. */
export interface ResidualModel {
  readonly m: number;
  /** Model minus measurement at `x`, into `r` (length m). */
  residuals(x: Float64Array, r: Float64Array): void;
  /** Derivatives at the point `residuals` was last asked for, into `J` (column-major, m x 3). */
  jacobian(J: Float64Array): void;
}
