import type { TopLevelSpec } from 'vega-lite';
import type { StatusShare } from '../../fit-results/status-shares.ts';
import { shorten } from '../look/shorten.ts';
import { statusSwatches } from '../look/status-colors.ts';
import { swatchScale } from '../look/swatch-key.ts';

/** The share of voxels per status, a bar each, background left out. */
export function statusBars(shares: readonly StatusShare[], description: string): TopLevelSpec {
  const values = shares.map(({ word, count, share }) => ({
    word,
    count,
    percent: shorten(100 * share),
    label: `${count.toLocaleString('en-US')} (${percentText(share)})`,
  }));
  const y = {
    field: 'word',
    type: 'nominal' as const,
    sort: null,
    axis: { title: null, ticks: false, domain: false },
  };
  const x = {
    field: 'percent',
    type: 'quantitative' as const,
    // Room for the label of the longest bar.
    scale: { domain: [0, 140], nice: false },
    axis: { title: '% of the voxels that are not background', values: [0, 25, 50, 75, 100] },
  };
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    description,
    usermeta: { minPanelWidth: 220 },
    width: 560,
    height: 24 * shares.length + 4,
    data: { values },
    layer: [
      {
        mark: { type: 'bar', height: 16 },
        encoding: {
          y,
          x,
          color: {
            field: 'word',
            type: 'nominal',
            scale: swatchScale(statusSwatches(shares)),
            legend: null,
          },
          tooltip: [
            { field: 'word', title: 'status' },
            { field: 'count', title: 'voxels' },
            { field: 'percent', title: '%', format: '.3~g' },
          ],
        },
      },
      { mark: { type: 'text', align: 'left', dx: 5 }, encoding: { y, x, text: { field: 'label' } } },
    ],
  };
}

/** `12 %`, `0.03 %`: two digits below one percent, and never 100 % while a voxel is missing. */
export function percentText(share: number): string {
  const percent = 100 * share;
  if (percent === 0 || percent === 100) return `${percent} %`;
  if (percent > 99.5) return `${(Math.floor(10 * percent) / 10).toFixed(1)} %`;
  return `${percent < 1 ? Number(percent.toPrecision(1)) : percent < 10 ? percent.toFixed(1) : Math.round(percent)} %`;
}
