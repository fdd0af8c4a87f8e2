import type { Signals } from '../contracts/voxels.ts';
import { allocateRows, normalise, usedSignals } from '../data/normalise.ts';
import type { RowSource } from '../data/row-source.ts';
import type { MeasuredProtocol } from '../data/measured-protocol.ts';
import { counted } from '../wording/counted.ts';
import { backgroundSigma } from './sigma/background-sigma.ts';
import { partAir } from './sigma/part-air.ts';
import { residualSigma } from './sigma/residual-sigma.ts';
import { sampleMeasured, type MeasuredRows } from './sigma/sample-measured.ts';

/** An estimated noise level, and how it was found. */
export interface FoundSigma {
  /** Standard deviation per quadrature channel of one measurement, in the unit of the rows. */
  readonly sigma: number;
  /** How it was found, for people. */
  readonly origin: string;
  /** The same with advice, for messages. */
  readonly note: string;
}

/**
 * Estimates the noise level of a file, the same for all its voxels: from air if there is some that looks like noise
 * (`backgroundSigma`), otherwise from the residuals of least-squares fits (`residualSigma`).
 * @returns undefined if neither gives an estimate
 */
export async function estimateSigma(
  source: RowSource,
  protocol: MeasuredProtocol,
): Promise<FoundSigma | undefined> {
  const { inside, outside } = await sampleMeasured(source);
  const { tissue, airInside, airOutside } = partAir(inside, outside, protocol);
  const signals = [...airSignals(inside, airInside, protocol), ...airSignals(outside, airOutside, protocol)];
  const fromAir = backgroundSigma(Float64Array.from(signals));
  const left = await residualSigma(tissueSignals(inside, tissue, protocol), protocol);
  const byResiduals = `the residuals of least squares over ${counted(left.voxels, 'voxel')}, ${counted(left.degrees, 'degree')} of freedom each`;
  const known = 'give --sigma or --snr if you know it';
  if (Number.isFinite(fromAir)) {
    const beside = Number.isFinite(left.sigma) ? `; ${byResiduals}, say ${left.sigma.toPrecision(3)}` : '';
    const found = `sigma ${fromAir.toPrecision(3)} by ${counted(signals.length, 'signal')} of air${beside}`;
    return { sigma: fromAir, origin: found, note: `${found}; ${known}` };
  }
  if (left.sigma > 0 && left.sigma < Infinity) {
    const origin = `sigma ${left.sigma.toPrecision(3)} by ${byResiduals}`;
    return { sigma: left.sigma, origin, note: `${origin}; ${known}` };
  }
  return undefined;
}

/** Returns signals at b-values above 0: the rows were chosen by their b=0 signal, which would bias the noise. */
function airSignals(
  { values }: MeasuredRows,
  rows: readonly number[],
  { place }: MeasuredProtocol,
): number[] {
  const columns = place.length;
  const which = [...place.keys()].filter((c) => place[c] > 0);
  return rows.flatMap((i) => which.map((c) => values[i * columns + c])).filter((signal) => signal > 0);
}

function tissueSignals(
  { values }: MeasuredRows,
  tissue: readonly number[],
  protocol: MeasuredProtocol,
): Signals {
  const columns = protocol.place.length;
  const raw = new Float64Array(tissue.length * columns);
  tissue.forEach((i, to) => raw.set(values.subarray(i * columns, (i + 1) * columns), to * columns));
  const rows = allocateRows(tissue.length, protocol.bValues.length, false);
  const n = normalise(raw, tissue.length, protocol, rows);
  return usedSignals(protocol.bValues, rows, n);
}
