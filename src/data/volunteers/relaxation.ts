import type { Organs, Session, Tissue } from './settings.ts';

/** Signal of fully relaxed tissue at echo time 0, in the scanner's arbitrary unit. */
const FULL = 10_000;

/**
 * S0 of a spin-echo sequence: full signal times (1 - exp(-TR/T1)) exp(-TE/T2) (Bernstein, King and Zhou, Handbook of MRI
 * Pulse Sequences, 2004, section 14.3, for TE well below TR).
 */
export function b0Signal({ T1, T2 }: Pick<Tissue, 'T1' | 'T2'>, { field, TE, TR }: Session): number {
  return FULL * (1 - Math.exp(-TR / T1[field])) * Math.exp(-TE / T2[field]);
}

/** Noise per quadrature channel: the mean S0 over the regions divided by the SNR of the field. */
export function noiseLevel(organs: Organs, session: Session): number {
  const regions = Object.values(organs.regions);
  const mean = regions.reduce((sum, region) => sum + b0Signal(region, session), 0) / regions.length;
  return mean / organs.snr[session.field];
}
