import type { ParameterName } from '../../contracts/voxels.ts';

/** How a parameter is shown to people. */
export interface ParameterDisplay {
  readonly meaning: string;
  /** The study's name for it (Barbieri et al. 2020). */
  readonly study: string;
  /** Unit after scaling. */
  readonly unit: string;
  /** Stored values times this are in `unit`. */
  readonly scale: number;
}

export const parameterDisplay: Readonly<Record<ParameterName, ParameterDisplay>> = {
  D: { meaning: 'diffusion coefficient', study: 'Dt', unit: '10⁻³ mm²/s', scale: 1000 },
  f: { meaning: 'perfusion fraction', study: 'Fp', unit: 'fraction', scale: 1 },
  Dp: { meaning: 'pseudo-diffusion coefficient', study: 'Dp', unit: '10⁻³ mm²/s', scale: 1000 },
};
