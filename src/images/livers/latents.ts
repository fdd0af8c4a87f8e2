import { Mt19937 } from '../../random/mt19937.ts';
import { deriveSeed } from '../../random/seed.ts';

/** Latent variables of a case, all logarithms relative to the tissue of the settings. */
export const LATENTS = ['ADC', 'T2', 'T1', 'texture', 'nodularity'] as const;
export type Latent = (typeof LATENTS)[number];
export type Latents = Readonly<Record<Latent, number>>;

/** The first stage of significant fibrosis. */
export const SIGNIFICANT_STAGE = 2;

/**
 * The distribution of the latent variables x given the stage s, over five latent variables j and a fat factor z,
 *
 *     x_j = position_s effect_j + fat_j z + sd_j e_j,   z and e_j independent and standard normal,
 *
 * so that x is normal about position_s d, d being the effects, with the same covariance in every stage,
 * Sigma = diag(sd²) + fat fat'.
 */
export interface LatentModel {
  /** Per stage: its probability, and how far it is along the effects. */
  readonly prevalence: readonly number[];
  readonly position: readonly number[];
  /** In the order of `LATENTS`. */
  readonly effect: readonly number[];
  readonly sd: readonly number[];
  readonly fat: readonly number[];
}

export interface DrawnCase {
  /** 0..4. */
  readonly stage: number;
  readonly latents: Latents;
}

/** Draws the stage and the latent variables of a case, which depend on the model, the seed and the case's number alone. */
export function drawLatents(model: LatentModel, seed: number, number: number): DrawnCase {
  const random = new Mt19937(deriveSeed(seed, 'livers', 'latents', number));
  let left = random.uniform();
  let stage = 0;
  while (stage < model.prevalence.length - 1 && left >= model.prevalence[stage]) {
    left -= model.prevalence[stage++];
  }
  const fat = random.gaussian();
  const values = LATENTS.map((name, j): [Latent, number] => [
    name,
    model.position[stage] * model.effect[j] + model.fat[j] * fat + model.sd[j] * random.gaussian(),
  ]);
  return { stage, latents: Object.fromEntries(values) as Record<Latent, number> };
}
