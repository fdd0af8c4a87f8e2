/**
 * The smallest root-mean-square error that any image made from one repetition can have against the mean of several, as a share of that of
 * the repetition itself.
 *
 * Each of the repetitions is x_i = t + e_i, with the truth t and independent noise e_i of variance s² in every pixel; the reference is the
 * mean of k of them.
 *
 * - The one is not among the k. Its mean squared error is s² + s² / k. Nothing that it says bears on the noise of the reference, so the best
 *   image is t itself, whose error is s² / k. The share is sqrt((1 / k) / (1 + 1 / k)) = sqrt(1 / (k + 1)).
 * - The one is among the k. Its error is s² (1 - 1 / k). Who knows t knows e_1 too, and so 1 / k of the reference's noise: the best image is
 *   t + e_1 / k, which leaves the mean of the other noises, of variance s² (k - 1) / k². The share is sqrt(1 / k).
 *
 * The truth is not known to anybody, so the floor is not reached; an estimate whose error against the truth is q has sqrt(s² / k + q²) in the
 * first case, as its error is independent of the reference's noise.
 */
export const noiseFloorShare = (repetitions: number, inputAmongThem: boolean): number =>
  Math.sqrt(1 / (inputAmongThem ? repetitions : repetitions + 1));
