import type { TopLevelSpec } from 'vega-lite';
import { onSheet, type ContactSheet } from '../../fit-results/contact-sheet.ts';
import type { ParameterDifference } from '../../fit-results/fit-differences.ts';
import type { FittedScan } from '../../fit-results/fitted-scan.ts';
import { quantiles } from '../../fit-results/quantiles.ts';
import { quantityHeading, quantityOf } from '../../measures/quantities.ts';
import { COLORS } from '../look/fitter-looks.ts';
import { roundUp } from '../look/map-range.ts';
import { paintSigned } from '../look/paint.ts';
import { BLUE_TO_RED } from '../look/palette.ts';
import { colorBarPanel } from '../look/picture-panel.ts';
import { REFERENCE_COLOR } from '../look/series-looks.ts';
import { shorten } from '../look/shorten.ts';
import type { SheetRow } from './sheet-panels.ts';

/** More points hide each other. */
const MOST_POINTS = 800;
/** Axes hold this share of the points; the rest lies beyond them. */
const SHOWN = 0.99;

/** A column per parameter: the second fitter's estimates against the first's, and Bland and Altman's plot below. */
export function differencePanels(
  differences: readonly ParameterDifference[],
  [first, second]: readonly [string, string],
  description: string,
): TopLevelSpec | null {
  if (differences.length === 0) return null;
  const columns = differences.length;
  const drawn = differences.map((each) => ({ ...each, points: pointsOf(each) }));
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    description,
    usermeta: { columns, minPanelWidth: 170 },
    columns,
    spacing: { row: 16, column: 22 },
    concat: [
      ...drawn.map((each) => scatter(each, first, second)),
      ...drawn.map((each) => blandAltmanPanel(each, first, second)),
    ],
  };
}

/** What is drawn of one parameter. */
interface Drawn extends ParameterDifference {
  readonly points: ReturnType<typeof pointsOf>;
}

function pointsOf({ parameter, first, second }: ParameterDifference) {
  const { scale } = quantityOf(parameter);
  const step = Math.max(1, Math.ceil(first.length / MOST_POINTS));
  return Array.from({ length: Math.ceil(first.length / step) }, (_, k) => {
    const [a, b] = [first[k * step] * scale, second[k * step] * scale];
    return { a: shorten(a)!, b: shorten(b)!, mean: shorten((a + b) / 2)!, difference: shorten(b - a)! };
  });
}

const POINT = { type: 'point' as const, filled: true, size: 11, opacity: 0.6, color: COLORS[0], clip: true };
const RULE = {
  type: 'line' as const,
  color: REFERENCE_COLOR,
  strokeDash: [4, 3],
  clip: true,
  tooltip: false,
};

function scatter({ parameter, points: values }: Drawn, first: string, second: string) {
  const [top] = quantiles(
    values.flatMap(({ a, b }) => [a, b]),
    [SHOWN],
  );
  const end = roundUp(top);
  const axis = (title: string) => ({
    type: 'quantitative' as const,
    scale: { domain: [0, end], nice: false },
    axis: { title, tickCount: 4, grid: false },
  });
  const [x, y] = [axis(first), axis(second)];
  return {
    title: { text: quantityHeading(parameter), fontSize: 12 },
    width: 210,
    height: 170,
    layer: [
      {
        data: { values: [{ a: 0 }, { a: end }] },
        mark: RULE,
        encoding: { x: { ...x, field: 'a' }, y: { ...y, field: 'a' } },
      },
      {
        data: { values },
        mark: POINT,
        encoding: {
          x: { ...x, field: 'a' },
          y: { ...y, field: 'b' },
          tooltip: [
            { field: 'a', title: first, format: '.3~g' },
            { field: 'b', title: second, format: '.3~g' },
          ],
        },
      },
    ],
  };
}

function blandAltmanPanel({ parameter, agreement, points: values }: Drawn, first: string, second: string) {
  const { scale } = quantityOf(parameter);
  const lines = [
    { at: shorten(agreement.bias.value * scale), dashed: false },
    { at: shorten(agreement.lower.value * scale), dashed: true },
    { at: shorten(agreement.upper.value * scale), dashed: true },
  ];
  const [low, high] = quantiles(
    values.map((each) => each.difference),
    [1 - SHOWN, SHOWN],
  );
  const domain = [
    Math.min(low, ...lines.map(({ at }) => at!)),
    Math.max(high, ...lines.map(({ at }) => at!)),
  ];
  const margin = 0.06 * (domain[1] - domain[0]) || 1;
  const [right] = quantiles(
    values.map((each) => each.mean),
    [SHOWN],
  );
  const y = {
    type: 'quantitative' as const,
    scale: { domain: [shorten(domain[0] - margin)!, shorten(domain[1] + margin)!], nice: false },
    axis: { title: `${second} − ${first}`, tickCount: 5 },
  };
  return {
    width: 210,
    height: 150,
    layer: [
      {
        data: { values },
        mark: POINT,
        encoding: {
          x: {
            field: 'mean',
            type: 'quantitative' as const,
            scale: { domain: [0, roundUp(right)], nice: false },
            axis: { title: `mean of both, ${quantityHeading(parameter)}`, tickCount: 4, grid: false },
          },
          y: { ...y, field: 'difference' },
          tooltip: [
            { field: 'mean', title: 'mean', format: '.3~g' },
            { field: 'difference', title: 'difference', format: '+.3~g' },
          ],
        },
      },
      ...[false, true].map((dashed) => ({
        data: { values: lines.filter((line) => line.dashed === dashed) },
        mark: {
          type: 'rule' as const,
          color: COLORS[1],
          strokeWidth: 1.4,
          ...(dashed ? { strokeDash: [4, 3] } : {}),
          tooltip: false,
        },
        encoding: { y: { ...y, field: 'at' } },
      })),
    ],
  };
}

/** Maps of second minus first, white where they agree. */
export function differenceRows(
  a: FittedScan,
  b: FittedScan,
  sheet: ContactSheet,
  differences: readonly ParameterDifference[],
): SheetRow[] {
  return differences.map(({ parameter, first, second }) => {
    const { scale, shownUnit, label } = quantityOf(parameter);
    const [reach] = quantiles(
      first.map((value, i) => Math.abs(second[i] - value)),
      [0.95],
    );
    const top = roundUp(reach * scale) / scale;
    const [x, y] = [a.maps.get(parameter)!, b.maps.get(parameter)!];
    const picture = onSheet(
      x.map((value, i) => y[i] - value),
      sheet,
    );
    return {
      title: `${parameter}: ${b.fitter} − ${a.fitter}`,
      subtitle: label,
      address: paintSigned(picture, top),
      key: colorBarPanel(shownUnit, BLUE_TO_RED, [-top * scale, top * scale]),
    };
  });
}
