import type { Figure } from '../contracts/figure.ts';
import type { Row } from '../contracts/metric.ts';
import { PARAMETERS } from '../contracts/voxels.ts';
import { LESION_BIAS, VOXEL_RMSE } from '../measures/denoising.ts';
import { quantityHeading, quantityOf } from '../measures/quantities.ts';
import { denoisedFits, denoisingText, type DenoisedFits } from '../tables/reading/denoised.ts';
import { COLORS, SHAPES } from './look/fitter-looks.ts';
import { REFERENCE_COLOR } from './look/series-looks.ts';
import { shorten } from './look/shorten.ts';

const figure: Figure = {
  title: 'D, f and Dp after denoising',
  order: 1,
  caption:
    'Above: root-mean-square error over the voxels of all organs, as the mean over people with its 95 % interval. Below: bias of the mean over a ' +
    'lesion, in per cent of its true mean. A fitter is a line; what the series went through before the fit is a colour and a symbol.',
  draw(rows) {
    const fits = denoisedFits(rows);
    if (!fits) return null;
    const panels = [
      {
        measure: VOXEL_RMSE,
        unit: (name: string) => `error of ${quantityHeading(name)}`,
        scaleOf: (name: string) => quantityOf(name).scale,
      },
      { measure: LESION_BIAS, unit: (name: string) => `bias of ${name} in a lesion (%)`, scaleOf: () => 1 },
    ].flatMap(({ measure, unit, scaleOf }) =>
      PARAMETERS.map((parameter, i) =>
        panelOf(fits, {
          title: unit(parameter),
          labels: i === 0,
          scale: scaleOf(parameter),
          rowOf: (fitter, denoising) => fits.find(measure, fitter, denoising, parameter),
        }),
      ),
    );
    return {
      $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
      description: figure.title,
      usermeta: { columns: 3, minPanelWidth: 210 },
      columns: 3,
      spacing: 18,
      concat: panels,
      resolve: { scale: { y: 'shared', x: 'independent', color: 'shared', shape: 'shared' } },
    };
  },
};
export default figure;

interface Panel {
  readonly title: string;
  readonly labels: boolean;
  readonly scale: number;
  readonly rowOf: (fitter: string, denoising: string) => Row | undefined;
}

function panelOf({ fitters, denoisings }: DenoisedFits, { title, labels, scale, rowOf }: Panel) {
  const texts = denoisings.map(denoisingText);
  const points = fitters.flatMap((fitter) =>
    denoisings.flatMap((denoising) => {
      const row = rowOf(fitter, denoising);
      if (!row || !Number.isFinite(row.value)) return [];
      const [value, low, high] = [row.value, row.ciLow, row.ciHigh].map((each) => shorten(each * scale));
      return [{ fitter, denoising: denoisingText(denoising), value, low, high }];
    }),
  );
  const y = {
    field: 'fitter',
    type: 'nominal' as const,
    sort: [...fitters],
    scale: { domain: [...fitters] },
    title: null,
    axis: { labels, ticks: false, grid: true, labelLimit: 160 },
  };
  const yOffset = { field: 'denoising', type: 'nominal' as const, sort: texts, scale: { domain: texts } };
  const x = {
    field: 'value',
    type: 'quantitative' as const,
    scale: { zero: true },
    axis: { title, grid: false, tickCount: 5 },
  };
  const color = {
    field: 'denoising',
    type: 'nominal' as const,
    scale: {
      domain: texts,
      range: texts.map((_, i) => (i === 0 ? REFERENCE_COLOR : COLORS[(i - 1) % COLORS.length])),
    },
    legend: { title: null, orient: 'top' as const },
  };
  const shape = {
    field: 'denoising',
    type: 'nominal' as const,
    scale: { domain: texts, range: texts.map((_, i) => SHAPES[i % SHAPES.length]) },
    legend: { title: null, orient: 'top' as const },
  };
  return {
    width: 210,
    height: { step: 12 },
    layer: [
      {
        data: { values: points.filter(({ low, high }) => low !== null && high !== null) },
        mark: { type: 'rule' as const, strokeWidth: 2, tooltip: false },
        encoding: { y, yOffset, x: { ...x, field: 'low' }, x2: { field: 'high' }, color },
      },
      {
        data: { values: points },
        mark: { type: 'point' as const, filled: true, size: 44 },
        encoding: {
          ...{ y, yOffset, x, color, shape },
          tooltip: [
            { field: 'fitter', title: 'fitter' },
            { field: 'denoising', title: 'denoising' },
            { field: 'value', title, format: '.3~g' },
          ],
        },
      },
    ],
  };
}
