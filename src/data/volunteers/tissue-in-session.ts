import type { Organs, PerParameter, Session, Tissue } from './settings.ts';

/** What a session changes in a tissue whose D, f and Dp the organs list. */
export interface TissueInSession {
  /** Factors of D, f and Dp. */
  readonly factors: PerParameter;
  /** Signal of blood relative to that of tissue, over the same ratio at the echo time at which f is listed. */
  readonly bloodWeight: number;
}

const UNCHANGED: PerParameter = { D: 1, f: 1, Dp: 1 };

/**
 * The factors of the field; and the weight of blood at the echo time of the session, which relaxes with its own T2. The
 * measured f is then f w / (1 - f + f w) with w = exp(-(TE - TE0) (1/T2 of blood - 1/T2 of tissue)), the extended model of
 * Lemke et al., Magn Reson Med 2010;64:1580, relative to the echo time TE0 of the listed f.
 */
export function tissueInSession(
  { atField, blood }: Pick<Organs, 'atField' | 'blood'>,
  { T2 }: Pick<Tissue, 'T2'>,
  { field, TE }: Session,
): TissueInSession {
  return {
    factors: atField?.[field] ?? UNCHANGED,
    bloodWeight: blood ? Math.exp(-(TE - blood.TE) * (1 / blood.T2[field] - 1 / T2[field])) : 1,
  };
}
