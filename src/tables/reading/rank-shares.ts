import type { Row } from '../../contracts/metric.ts';
import { RANK_SHARES, type RankShare } from '../../measures/intervals.ts';
import { numericFactor } from './factor.ts';
import { withoutRuns } from './without-runs.ts';

const byName = new Map(RANK_SHARES.map((share) => [share.name, share]));

/** One bin of a histogram of ranks. */
export interface RankShareRow {
  readonly row: Row;
  readonly share: RankShare;
}

/** Returns the histograms of ranks of a run at its noise levels, without those of single runs of repeated trainings. */
export const rankSharesOf = (rows: readonly Row[]): RankShareRow[] =>
  withoutRuns(rows).flatMap((row) => {
    const share = byName.get(row.metric);
    return share && Number.isFinite(numericFactor(row, 'snr')) && Number.isFinite(row.value)
      ? [{ row, share }]
      : [];
  });
