import type { TopLevelSpec } from 'vega-lite';
import type { Row } from '../../contracts/metric.ts';
import type { RunManifest } from '../../contracts/stored-run.ts';
import { PARAMETERS } from '../../contracts/voxels.ts';
import { RMSE } from '../../measures/errors.ts';
import type { Measure } from '../../measures/measure.ts';
import { quantityOf } from '../../measures/quantities.ts';
import { numericFactor } from '../../tables/reading/factor.ts';
import { nearestSnr } from '../../tables/reading/nearest-snr.ts';
import { numberText } from '../../tables/reading/number-text.ts';
import { floorOf } from '../../tables/reading/reference-fitter.ts';
import { runBoxes, runPoints, type RunPanel } from './run-boxes.ts';
import { seriesLooks } from './series-looks.ts';

export interface RunFigure {
  readonly experiment: string;
  readonly description: string;
  /** The factor drawn against, and its name for people. */
  readonly factor: string;
  readonly x: string;
  readonly xLabel?: string;
  /** Which loss, and of which voxels it is. */
  readonly loss: Measure;
  readonly lossOf: string;
}

/** Box plots over runs: the loss of trained networks, and their errors at one noise level. */
export function runFigure(
  rows: readonly Row[],
  manifest: Pick<RunManifest, 'config'>,
  { experiment, description, factor, x, xLabel, loss, lossOf }: RunFigure,
): TopLevelSpec | null {
  const own = rows.filter((row) => row.experiment === experiment);
  const losses = runPoints(
    own.filter((row) => row.metric === loss.name),
    factor,
  );
  if (losses.length === 0) return null;
  const looks = seriesLooks(
    rows,
    losses.map(({ series }) => series),
    floorOf(manifest),
  );
  const shared = { x, looks, ...(xLabel ? { xLabel } : {}) };
  const panels: RunPanel[] = [
    {
      ...shared,
      title: 'Loss',
      subtitle: `mean squared residual of the signals ${lossOf}`,
      points: losses,
      y: 'loss',
    },
  ];
  const snr = nearestSnr(own);
  for (const parameter of PARAMETERS) {
    const { label: meaning, shownUnit: unit, scale } = quantityOf(parameter);
    const points = runPoints(
      own.filter(
        (row) => row.metric === RMSE.name && row.parameter === parameter && numericFactor(row, 'snr') === snr,
      ),
      factor,
      scale,
    );
    if (points.length === 0) continue;
    panels.push({
      ...shared,
      title: `Error of ${parameter} at SNR ${numberText(snr, 3)}`,
      subtitle: `${meaning}, test voxels`,
      points,
      y: `RMSE of ${parameter} (${unit})`,
    });
  }
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    description,
    usermeta: { columns: 2, minPanelWidth: 300 },
    columns: 2,
    spacing: 22,
    concat: panels.map(runBoxes),
    resolve: { scale: { color: 'shared', shape: 'shared' } },
  };
}
