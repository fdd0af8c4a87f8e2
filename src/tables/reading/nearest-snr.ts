import type { Row } from '../../contracts/metric.ts';
import { numericFactor } from './factor.ts';
import { protocolOf, protocolsOf } from './protocols.ts';

/** Where one noise level has to stand for all: the SNR of Kaandorp et al. 2021, in the middle of the study's. */
const SNR = 20;

/** Of the noise levels of some rows the one nearest to SNR 20; NaN without any. */
export function nearestSnr(rows: readonly Row[]): number {
  const off = (snr: number) => Math.abs(Math.log(snr / SNR));
  return rows
    .map((row) => numericFactor(row, 'snr'))
    .filter((snr) => snr > 0 && snr < Infinity)
    .reduce((best, snr) => (Number.isNaN(best) || off(snr) < off(best) ? snr : best), NaN);
}

/** The same of each protocol, which may have noise levels of its own; without those that have none. */
export function nearestSnrs(rows: readonly Row[]): ReadonlyMap<string, number> {
  const levels = protocolsOf(rows).map((protocol) => {
    const own = rows.filter((row) => protocolOf(row) === protocol);
    return [protocol, nearestSnr(own)] as const;
  });
  return new Map(levels.filter(([, snr]) => !Number.isNaN(snr)));
}
