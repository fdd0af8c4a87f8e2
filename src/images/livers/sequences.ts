import type { LiverSettings } from './settings.ts';

/** Signals are in the scanner's arbitrary unit: fully relaxed tissue of density 1 has this one. */
const FULL = 10_000;

export interface Relaxation {
  /** ms */
  readonly T1: number;
  readonly T2: number;
  readonly density: number;
}

/**
 * Signal of the T1-weighted image: a spoiled gradient echo in the steady state, whose echo time is far below T2*,
 * density sin(a) (1 - E) / (1 - E cos(a)) with E = exp(-TR/T1) (Bernstein, King and Zhou, Handbook of MRI Pulse
 * Sequences, 2004, section 14.1).
 */
export function t1Weighted({ T1, density }: Relaxation, { T1w }: LiverSettings['sequences']): number {
  const angle = (T1w.flip * Math.PI) / 180;
  const E = Math.exp(-T1w.TR / T1);
  return (FULL * density * Math.sin(angle) * (1 - E)) / (1 - E * Math.cos(angle));
}

/**
 * Signal of the T2-weighted image: a spin echo whose repetition time is far above T1, density exp(-TE/T2) (the same,
 * section 14.3).
 */
export const t2Weighted = ({ T2, density }: Relaxation, { T2w }: LiverSettings['sequences']): number =>
  FULL * density * Math.exp(-T2w.TE / T2);
