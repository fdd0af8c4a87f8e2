import { scaleToAuc } from './ideal-observer.ts';
import { LATENTS, type LatentModel } from './latents.ts';
import type { LiverSettings } from './settings.ts';

/**
 * The distribution of the latent variables by the settings, with effects that give the ideal observer the AUC that is asked for.
 * @throws InputError where every effect is 0
 */
export function latentModel({ auc, prevalence, position, latents }: LiverSettings): LatentModel {
  const all = prevalence.reduce((sum, share) => sum + share, 0);
  const stated: LatentModel = {
    prevalence: prevalence.map((share) => share / all),
    position,
    effect: LATENTS.map((name) => latents[name].effect),
    sd: LATENTS.map((name) => latents[name].sd),
    fat: LATENTS.map((name) => latents[name].fat),
  };
  const scale = scaleToAuc(stated, auc);
  return { ...stated, effect: stated.effect.map((effect) => scale * effect) };
}
