/** A lognormal density with location 0: the logarithm is normal around log(median) with standard deviation sigma. */
export interface Lognormal {
  readonly median: number;
  readonly sigma: number;
}

/**
 * Maximum-likelihood lognormal of positive values, location 0: the mean and the population standard deviation of
 * their logarithms. NaN for an empty sample.
 */
export function fitLognormal(values: Float64Array): Lognormal {
  const n = values.length;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += Math.log(values[i]);
  const mean = sum / n;
  let squares = 0;
  for (let i = 0; i < n; i++) squares += (Math.log(values[i]) - mean) ** 2;
  return { median: Math.exp(mean), sigma: Math.sqrt(squares / n) };
}
