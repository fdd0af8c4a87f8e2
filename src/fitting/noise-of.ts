import { InputError } from '../contracts/input-error.ts';
import type { RowSource } from '../data/row-source.ts';
import type { MeasuredProtocol } from '../data/measured-protocol.ts';
import { estimateSigma } from './estimate-sigma.ts';
import { partAir } from './sigma/part-air.ts';
import { sampleMeasured } from './sigma/sample-measured.ts';

export interface KnownNoise {
  /** Noise per quadrature channel of one measurement, in the unit of the rows. */
  readonly sigma: number;
  /** How it was obtained, for people. */
  readonly origin: string;
  /** The same, where the user should know before the fit. */
  readonly note?: string;
}

/**
 * Returns the noise level given as `sigma` or `snr`, or otherwise, if it is needed, an estimate.
 * @throws InputError if both are given, or it is needed and can't be estimated
 * @param neededBy name of the fitter that needs it, if any
 */
export async function noiseOf(
  source: RowSource,
  protocol: MeasuredProtocol,
  { sigma, snr }: { readonly sigma?: number; readonly snr?: number },
  neededBy: string | undefined,
): Promise<KnownNoise | undefined> {
  if (sigma !== undefined && snr !== undefined) {
    throw new InputError(`--snr ${snr}: --sigma ${sigma} says the noise already; give one of them`);
  }
  if (sigma !== undefined) return { sigma, origin: `sigma ${sigma}, as given` };
  if (snr !== undefined) {
    const { inside, outside } = await sampleMeasured(source);
    const b0 = partAir(inside, outside, protocol).tissueAtZero;
    if (!(b0 > 0)) throw new InputError(`--snr ${snr}: no voxel has a signal at b=0`);
    const found = b0 / snr;
    const origin = `sigma ${found.toPrecision(3)}: --snr ${snr} of a median b=0 of ${b0.toPrecision(4)}`;
    return { sigma: found, origin, note: origin };
  }
  if (neededBy === undefined) return undefined;
  const found = await estimateSigma(source, protocol);
  if (found) return found;
  throw new InputError(
    `${neededBy} needs the noise level, and neither air nor residuals of least squares (which take at least 5 b-values) tell it: give --sigma or --snr`,
  );
}
