import { UNSEEN } from './picture-panel.ts';

/** A name and its colour. */
export interface Swatch {
  readonly name: string;
  readonly color: string;
}

/** Where a legend stands and how large it is, in Vega-Lite's words. */
export interface SwatchLegend {
  readonly orient: 'bottom' | 'right';
  readonly direction?: 'vertical';
  readonly symbolSize: number;
  readonly rowPadding?: number;
  readonly offset: number;
}

/** A layer that draws nothing but a legend of squares. */
export const swatchKey = (
  swatches: readonly Swatch[],
  { orient, direction, symbolSize, ...apart }: SwatchLegend,
) => ({
  data: { values: swatches.map(({ name }) => ({ name })) },
  mark: { ...UNSEEN, shape: 'square', filled: true },
  encoding: {
    color: {
      field: 'name',
      type: 'nominal' as const,
      scale: swatchScale(swatches),
      legend: {
        title: null,
        orient,
        ...(direction ? { direction } : {}),
        ...{ symbolOpacity: 1, symbolType: 'square', symbolSize, labelFontSize: 10 },
        ...apart,
      },
    },
  },
});

/** The scale that gives names their colours. */
export const swatchScale = (swatches: readonly Swatch[]) => ({
  domain: swatches.map(({ name }) => name),
  range: swatches.map(({ color }) => color),
});
