import { InputError } from '../contracts/input-error.ts';
import type { RowSource } from '../data/row-source.ts';
import type { MeasuredProtocol } from '../data/measured-protocol.ts';
import type { NiftiHeader } from '../data/nifti-header.ts';
import { counted } from '../wording/counted.ts';
import { estimateSigma } from './estimate-sigma.ts';
import { localSigma } from './sigma/local-sigma.ts';
import { partAir } from './sigma/part-air.ts';
import { sampleMeasured } from './sigma/sample-measured.ts';

export interface KnownNoise {
  /** Noise per quadrature channel of one measurement, in the unit of the rows. */
  readonly sigma: number;
  /** Of every row, where each has its own; `sigma` is then their median. NaN where there is none. */
  readonly map?: Float64Array;
  /** How it was obtained, for people. */
  readonly origin: string;
  /** The same, where the user should know before the fit. */
  readonly note?: string;
}

/** Where a noise level comes from that is known for every voxel: an image that was read, or the scan itself. */
export type NoiseByVoxel =
  | { readonly file: string; readonly sigma: Float64Array }
  | { readonly header: Pick<NiftiHeader, 'shape' | 'affine'> };

/**
 * Returns the noise level given as `sigma` or `snr`, or otherwise, if it is needed, an estimate.
 * @throws InputError if both are given, or it is needed and can't be estimated
 * @param neededBy name of the fitter that needs it, if any
 */
export async function noiseOf(
  source: RowSource,
  protocol: MeasuredProtocol,
  {
    sigma,
    snr,
    byVoxel,
  }: { readonly sigma?: number; readonly snr?: number; readonly byVoxel?: NoiseByVoxel },
  neededBy: string | undefined,
): Promise<KnownNoise | undefined> {
  if ((sigma !== undefined || byVoxel) && snr !== undefined) {
    throw new InputError(
      `--snr ${snr}: --sigma${sigma === undefined ? '' : ` ${sigma}`} says the noise already; give one of them`,
    );
  }
  if (byVoxel) return noiseByVoxel(source, protocol, byVoxel);
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

async function noiseByVoxel(
  source: RowSource,
  protocol: MeasuredProtocol,
  from: NoiseByVoxel,
): Promise<KnownNoise> {
  if ('file' in from) return summarised(source, from.sigma, `by ${from.file}`);
  const found = await localSigma(source, protocol, from.header);
  if (!found) {
    throw new InputError(
      '--sigma local: takes at least 5 b-values or repeated ones, and voxels that least squares can fit; give a number or an image',
    );
  }
  const { sigma, voxels, degrees } = found;
  const how = `by the residuals of least squares over ${counted(voxels, 'voxel')}, ${counted(degrees, 'degree')} of freedom each, smoothed`;
  return summarised(source, sigma, how);
}

function summarised({ inside }: RowSource, map: Float64Array, how: string): KnownNoise {
  const known = map.filter((sigma, i) => sigma > 0 && inside?.[i] !== 0).sort();
  if (known.length === 0) throw new InputError('--sigma: no voxel inside the mask has a noise level');
  const at = (level: number) => known[Math.round(level * (known.length - 1))];
  const sigma = at(0.5);
  const [low, high] = [at(0.05), at(0.95)].map((value) => value.toPrecision(3));
  const origin = `sigma of every voxel, median ${sigma.toPrecision(3)} (5 to 95 %: ${low} to ${high}), ${how}`;
  return { sigma, map, origin, note: origin };
}
