import type { Row } from '../../contracts/metric.ts';
import { numericFactor } from './factor.ts';
import { protocolOf, protocolsOf } from './protocols.ts';

/** The SNR that represents all noise levels: that of Kaandorp et al. 2021, in the middle of the study's. */
const SNR = 20;

/** Returns the noise level nearest to SNR 20; NaN if there is none. */
export function nearestSnr(rows: readonly Row[]): number {
  const off = (snr: number) => Math.abs(Math.log(snr / SNR));
  return rows
    .map((row) => numericFactor(row, 'snr'))
    .filter((snr) => snr > 0 && snr < Infinity)
    .reduce((best, snr) => (Number.isNaN(best) || off(snr) < off(best) ? snr : best), NaN);
}

/** The same for each protocol that has noise levels, since protocols may differ in them. */
export function nearestSnrs(rows: readonly Row[]): ReadonlyMap<string, number> {
  const levels = protocolsOf(rows).map((protocol) => {
    const own = rows.filter((row) => protocolOf(row) === protocol);
    return [protocol, nearestSnr(own)] as const;
  });
  return new Map(levels.filter(([, snr]) => !Number.isNaN(snr)));
}
