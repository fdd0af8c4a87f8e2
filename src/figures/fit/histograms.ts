import type { TopLevelSpec } from 'vega-lite';
import { PARAMETERS } from '../../contracts/voxels.ts';
import type { FittedScan } from '../../fit-results/fitted-scan.ts';
import { quantiles } from '../../fit-results/quantiles.ts';
import { quantityHeading, quantityOf } from '../../measures/quantities.ts';
import { numberText } from '../../tables/reading/number-text.ts';
import { REFERENCE_COLOR } from '../look/series-looks.ts';
import { shorten } from '../look/shorten.ts';
import { COLORS } from '../look/fitter-looks.ts';
import { topOfMap } from './map-rows.ts';
import { sideBySide } from './side-by-side.ts';
import { percentText } from './status-bars.ts';

const BINS = 40;

/** Histograms of D, f and Dp over the voxels with an estimate, the median marked. */
export function histograms({ maps }: Pick<FittedScan, 'maps'>, description: string): TopLevelSpec | null {
  const panels = PARAMETERS.flatMap((name) => {
    const map = maps.get(name)!;
    if (!map.some(Number.isFinite)) return [];
    const { scale, label } = quantityOf(name);
    const top = topOfMap(map, scale);
    return [histogram(map, [0, top], { title: name, label, axis: quantityHeading(name), scale })];
  });
  return panels.length === 0 ? null : sideBySide(panels, description);
}

/** How a histogram is labelled, and what stored values are multiplied by. */
export interface HistogramLabels {
  readonly title: string;
  readonly label: string;
  readonly axis: string;
  readonly scale: number;
}

/** One histogram over a range in the stored unit. Values beyond it are counted in the subtitle. */
export function histogram(
  values: ArrayLike<number>,
  [low, high]: readonly [number, number],
  { title, label, axis, scale }: HistogramLabels,
) {
  const counts = new Array<number>(BINS).fill(0);
  let [n, beyond] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) continue;
    n++;
    const bin = Math.floor((BINS * (values[i] - low)) / (high - low));
    // The upper end belongs to the last bin.
    if (values[i] === high) counts[BINS - 1]++;
    else if (bin < 0 || bin >= BINS) beyond++;
    else counts[bin]++;
  }
  const edge = (k: number) => shorten(scale * (low + ((high - low) * k) / BINS))!;
  const bars = counts.map((count, k) => ({ from: edge(k), to: edge(k + 1), count }));
  const [median] = quantiles(values, [0.5]).map((value) => shorten(value * scale)!);
  const outside = beyond > 0 ? `; ${percentText(beyond / n)} beyond` : '';
  const x = {
    type: 'quantitative' as const,
    scale: { domain: [edge(0), edge(BINS)], nice: false },
    axis: { title: axis, tickCount: 5, grid: false },
  };
  return {
    title: {
      text: title,
      subtitle: [label, `median ${numberText(median, 3)}${outside}`],
      fontSize: 12,
      subtitleFontSize: 11,
    },
    width: 210,
    height: 120,
    layer: [
      {
        data: { values: bars },
        mark: { type: 'bar' as const, color: COLORS[0], binSpacing: 0.5 },
        encoding: {
          x: { ...x, field: 'from', bin: 'binned' as const },
          x2: { field: 'to' },
          y: {
            field: 'count',
            type: 'quantitative' as const,
            axis: { title: 'voxels', tickCount: 4, format: '~s' },
          },
          tooltip: [
            { field: 'from', title: `${axis} from`, format: '.3~g' },
            { field: 'to', title: 'to', format: '.3~g' },
            { field: 'count', title: 'voxels' },
          ],
        },
      },
      {
        data: { values: [{ median }] },
        mark: {
          type: 'rule' as const,
          strokeDash: [4, 3],
          strokeWidth: 1.5,
          color: REFERENCE_COLOR,
          tooltip: false,
        },
        encoding: { x: { ...x, field: 'median' } },
      },
    ],
  };
}
