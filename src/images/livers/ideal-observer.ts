import { InputError } from '../../contracts/input-error.ts';
import { normalCdf } from '../../statistics/normal.ts';
import type { Modality } from '../modality.ts';
import { LATENTS, SIGNIFICANT_STAGE, type Latent, type LatentModel, type Latents } from './latents.ts';

/**
 * The latent variables that a modality shows. Texture and surface are in every image; T1 is in the T1-weighted image alone
 * because its echo time is negligible, and T2 in the T2-weighted image alone because its repetition time is long.
 */
export const SHOWN_BY: Readonly<Record<Modality, readonly Latent[]>> = {
  T1w: ['T1', 'texture', 'nodularity'],
  T2w: ['T2', 'texture', 'nodularity'],
  adc: ['ADC', 'texture', 'nodularity'],
};

/** The latent variables that several modalities show together. */
export const shownBy = (modalities: readonly Modality[]): Latent[] =>
  LATENTS.filter((name) => modalities.some((modality) => SHOWN_BY[modality].includes(name)));

/**
 * The ideal observer of some latent variables x: t = w' x with w = Sigma⁻¹ d, for x ~ N(position_s d, Sigma).
 *
 * No observer orders cases of significant fibrosis (stages P) and others (stages N) better, though both are mixtures of stages. The
 * density of stage s over that of position 0 is exp(a_s t - a_s² Delta² / 2) with a_s its position and
 * Delta² = d' Sigma⁻¹ d, so the likelihood ratio of the two classes is a function of t alone,
 *
 *     L(t) = sum_P w_s exp(a_s t - a_s² Delta²/2) / sum_N w_s exp(a_s t - a_s² Delta²/2),
 *
 * with w_s the share of stage s in its class. The derivative of log L is the mean position of P less that of N, both
 * weighted by what the stages contribute at t. It is positive, as every stage of P is further along than every stage of
 * N. L rises with t, and by the lemma of Neyman and Pearson the ROC curve of a likelihood ratio lies above every other (Green
 * and Swets 1966; Barrett et al., J Opt Soc Am A 1998;15:1520).
 *
 * In stage s the statistic is normal with mean a_s Delta² and variance Delta², which gives the AUC in closed form,
 *
 *     AUC = sum over s in P and r in N of w_s w_r Phi((a_s - a_r) Delta / sqrt 2).
 */
export interface IdealObserver {
  /** Sigma⁻¹ d over the latent variables that are seen, 0 for the others, in the order of `LATENTS`. */
  readonly weights: readonly number[];
  /** Delta: the distance of two stages one unit of position apart, in standard deviations. */
  readonly discrimination: number;
}

/**
 * The ideal observer of `seen` latent variables. With Sigma = S + f f', S diagonal, Sigma⁻¹ d is
 * S⁻¹ d - S⁻¹ f (f' S⁻¹ d) / (1 + f' S⁻¹ f) (Sherman and Morrison, Ann Math Statist 1950;21:124).
 */
export function idealObserver(
  { effect, sd, fat }: LatentModel,
  seen: readonly Latent[] = LATENTS,
): IdealObserver {
  const used = LATENTS.map((name) => seen.includes(name));
  const dot = (a: readonly number[], b: readonly number[]) =>
    a.reduce((sum, value, j) => (used[j] ? sum + (value * b[j]) / sd[j] ** 2 : sum), 0);
  const along = dot(fat, effect) / (1 + dot(fat, fat));
  const weights = effect.map((value, j) => (used[j] ? (value - fat[j] * along) / sd[j] ** 2 : 0));
  const squared = weights.reduce((sum, weight, j) => sum + weight * effect[j], 0);
  return { weights, discrimination: Math.sqrt(squared) };
}

/** The ideal observer's statistic of a case: the larger, the likelier significant fibrosis. */
export const idealStatistic = ({ weights }: IdealObserver, latents: Latents): number =>
  weights.reduce((sum, weight, j) => sum + weight * latents[LATENTS[j]], 0);

/** The ideal observer's AUC for significant fibrosis, in closed form. */
export const idealAuc = (model: LatentModel, seen: readonly Latent[] = LATENTS): number =>
  aucAt(model, idealObserver(model, seen).discrimination);

/** A point of the ideal observer's ROC curve. */
export interface RocPoint {
  /** 1 - specificity. */
  readonly falsePositiveRate: number;
  /** Sensitivity. */
  readonly truePositiveRate: number;
}

/** The ideal observer's ROC curve at `points` + 1 thresholds of its statistic, from (0, 0) to (1, 1) but for 1e-9. */
export function idealRoc(
  model: LatentModel,
  seen: readonly Latent[] = LATENTS,
  points = 200,
): readonly RocPoint[] {
  const { discrimination } = idealObserver(model, seen);
  const [negative, positive] = classes(model);
  const { position } = model;
  // In units of Delta the statistic of stage s is normal about a_s Delta with variance 1.
  const reach = 6;
  const highest = position[position.length - 1] * discrimination + reach;
  const lowest = position[0] * discrimination - reach;
  return Array.from({ length: points + 1 }, (_, k) => {
    const threshold = highest + ((lowest - highest) * k) / points;
    const above = (stages: readonly Weighted[]) =>
      stages.reduce((sum, { share, at }) => sum + share * normalCdf(at * discrimination - threshold), 0);
    return { falsePositiveRate: above(negative), truePositiveRate: above(positive) };
  });
}

/**
 * The factor that effects are multiplied by for the ideal observer of all latent variables to have this AUC.
 * @throws InputError where every effect is 0
 */
export function scaleToAuc(model: LatentModel, auc: number): number {
  const { discrimination } = idealObserver(model);
  if (!(discrimination > 0)) throw new InputError('latents: every effect is 0; allowed: at least one other');
  // The AUC rises with Delta, which is proportional to the effects.
  let [low, high] = [0, 1];
  while (aucAt(model, high) < auc) high *= 2;
  for (let i = 0; i < 100; i++) {
    const middle = (low + high) / 2;
    if (aucAt(model, middle) < auc) low = middle;
    else high = middle;
  }
  return (low + high) / 2 / discrimination;
}

interface Weighted {
  /** Share of the stage in its class. */
  readonly share: number;
  readonly at: number;
}

/** Stages without and with significant fibrosis. */
function classes({ prevalence, position }: LatentModel): [Weighted[], Weighted[]] {
  const within = (from: number, to: number) => {
    const all = prevalence.slice(from, to).reduce((sum, share) => sum + share, 0);
    return prevalence.slice(from, to).map((share, i) => ({ share: share / all, at: position[from + i] }));
  };
  return [within(0, SIGNIFICANT_STAGE), within(SIGNIFICANT_STAGE, prevalence.length)];
}

function aucAt(model: LatentModel, discrimination: number): number {
  const [negative, positive] = classes(model);
  let sum = 0;
  for (const p of positive) {
    for (const n of negative) {
      sum += p.share * n.share * normalCdf(((p.at - n.at) * discrimination) / Math.SQRT2);
    }
  }
  return sum;
}
