import type { Row } from '../../contracts/metric.ts';
import { numericFactor } from './factor.ts';
import { numberText } from './number-text.ts';

/** The noise of the test voxels of a row. */
export interface NoiseOfTest {
  /** Equal for rows of the same test voxels. */
  readonly key: string;
  /** `SNR 20`, or `sigma 0 to 165` where each voxel draws its own. */
  readonly text: string;
  /** NaN for a range of noise. */
  readonly snr: number;
}

/** Returns the noise of the test voxels that a row is of; undefined for other rows. */
export function noiseOfTest(row: Row): NoiseOfTest | undefined {
  const snr = numericFactor(row, 'snr');
  if (Number.isFinite(snr)) return { key: `snr ${snr}`, text: `SNR ${numberText(snr, 3)}`, snr };
  const { sigma } = row.factors;
  if (typeof sigma !== 'string') return undefined;
  return { key: `sigma ${sigma}`, text: `sigma ${sigma}`, snr };
}
