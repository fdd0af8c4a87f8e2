import { logTicks } from './log-ticks.ts';

/** The SNR from left to right on a logarithmic axis; a single one stands in the middle. */
export function snrAxis(first: number, last: number) {
  return {
    field: 'snr',
    type: 'quantitative' as const,
    scale: {
      type: 'log' as const,
      domain: first < last ? [first, last] : [first / 1.2, last * 1.2],
      nice: false,
    },
    axis: {
      title: 'SNR',
      values: first < last ? logTicks(first, last) : [first],
      format: '~g',
      grid: false,
      labelFlush: false,
    },
  };
}
