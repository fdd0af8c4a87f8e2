import type { TopLevelSpec } from 'vega-lite';
import type { FittedScan } from '../../fit-results/fitted-scan.ts';
import { quantiles } from '../../fit-results/quantiles.ts';
import { reducedChiSquare } from '../../fit-results/reduced-chi-square.ts';
import { residualsByB, type ResidualsAtB } from '../../fit-results/residuals-by-b.ts';
import { COLORS } from '../look/fitter-looks.ts';
import { logTicks } from '../look/log-ticks.ts';
import { roundUp } from '../look/map-range.ts';
import { REFERENCE_COLOR } from '../look/series-looks.ts';
import { shorten } from '../look/shorten.ts';
import { histogram } from './histograms.ts';
import { bottomOfRSquared } from './map-rows.ts';
import { sideBySide } from './side-by-side.ts';

/** 90 % of normal noise lie within so many standard deviations. */
const NINE_TENTHS = 1.645;

/**
 * The mean decay of the voxels and of their fits, residuals against b, and reduced chi-square or, where the noise is not known,
 * R². Null if no estimate describes a decay.
 */
export function residualsAgainstB(scan: FittedScan, description: string): TopLevelSpec | null {
  const found = residualsByB(scan);
  if (found === null) return null;
  const chiSquare = reducedChiSquare(scan);
  const rSquared = scan.maps.get('r_squared')!;
  const goodness = chiSquare
    ? histogram(chiSquare, [0, chiSquareTop(chiSquare)], {
        title: 'Reduced chi-square',
        label: '1 where only noise is left',
        axis: 'reduced chi-square',
        scale: 1,
      })
    : histogram(rSquared, [bottomOfRSquared(rSquared), 1], {
        title: 'R²',
        label: 'share of the variance over b explained',
        axis: 'R²',
        scale: 1,
      });
  return sideBySide([meanDecay(found.at), residuals(found), goodness], description);
}

/** Where the axis ends: most voxels lie around 1, and those far beyond 5 do not fit, however far they lie. */
const chiSquareTop = (values: ArrayLike<number>): number =>
  Math.min(5, Math.max(2, roundUp(quantiles(values, [0.98])[0])));

/** Of the width of an axis, what a label needs. */
const LABEL = 0.14;

/** b on a scale that spreads the low values, which tell perfusion. Labels name b-values that were measured. */
function bAxis(at: readonly ResidualsAtB[]) {
  const largest = at[at.length - 1].b;
  const ticks: number[] = [];
  for (const { b } of at.toReversed()) {
    const last = ticks[ticks.length - 1] ?? Infinity;
    if (Math.sqrt(b) <= Math.sqrt(last) - LABEL * Math.sqrt(largest)) ticks.push(b);
  }
  return {
    field: 'b',
    type: 'quantitative' as const,
    scale: { type: 'sqrt' as const, domain: [0, largest], nice: false },
    axis: { title: 'b (s/mm²)', values: ticks, format: '~f', grid: false },
  };
}

function meanDecay(at: readonly ResidualsAtB[]) {
  const values = at.map(({ b, signal, fit }) => ({ b, signal: shorten(signal), fit: shorten(fit) }));
  const seen = values.flatMap(({ signal, fit }) => [signal!, fit!]).filter((value) => value > 0);
  const [bottom, top] = [0.85 * Math.min(...seen), 1.1 * Math.max(1, ...seen)];
  const y = {
    type: 'quantitative' as const,
    scale: { type: 'log' as const, domain: [bottom, top], nice: false },
    axis: { title: 'signal / S0', values: logTicks(bottom, top, 6), format: '~g' },
  };
  return {
    title: {
      text: 'Mean decay',
      subtitle: ['mean over voxels', 'points: signals; line: fits'],
      fontSize: 12,
      subtitleFontSize: 11,
    },
    width: 210,
    height: 120,
    data: { values },
    layer: [
      {
        mark: { type: 'line' as const, strokeWidth: 1.8, color: COLORS[0], tooltip: false },
        encoding: { x: bAxis(at), y: { ...y, field: 'fit' } },
      },
      {
        mark: { type: 'point' as const, filled: true, size: 34, color: COLORS[1], opacity: 1 },
        encoding: {
          x: bAxis(at),
          y: { ...y, field: 'signal' },
          tooltip: [
            { field: 'b', title: 'b (s/mm²)' },
            { field: 'signal', title: 'mean signal / S0', format: '.3~g' },
            { field: 'fit', title: 'mean fit / S0', format: '.3~g' },
          ],
        },
      },
    ],
  };
}

/** Residuals against b of several fits, beside each other; null if none describes a decay. */
export function residualPanels(scans: readonly FittedScan[], description: string): TopLevelSpec | null {
  const all = scans.flatMap((scan) => {
    const found = residualsByB(scan);
    return found ? [{ ...found, fitter: scan.fitter }] : [];
  });
  if (all.length === 0) return null;
  // One scale, so that the sizes can be compared.
  const sameUnit = all.every(({ unit }) => unit === all[0].unit);
  const ends = [
    ...all.flatMap(({ unit, at }) =>
      at.flatMap(({ quantiles: [low, , , , high] }) => [low * scaleOf(unit), high * scaleOf(unit)]),
    ),
    ...(all[0].unit === 'noise' ? [-NINE_TENTHS, NINE_TENTHS] : []),
  ].filter(Number.isFinite);
  const domain = sameUnit && ends.length > 0 ? ([Math.min(...ends), Math.max(...ends)] as const) : undefined;
  return sideBySide(
    all.map((found) => ({ ...residuals(found, found.fitter, domain), width: 330 })),
    description,
    200,
  );
}

type FoundResiduals = NonNullable<ReturnType<typeof residualsByB>>;

/** Residuals are shown in units of the noise, or in percent of S0. */
const scaleOf = (unit: FoundResiduals['unit']): number => (unit === 'noise' ? 1 : 100);

/** @param domain of the axis, in the shown unit; by default what is drawn decides it */
function residuals({ unit, at }: FoundResiduals, heading = 'Residuals', domain?: readonly [number, number]) {
  const inNoise = unit === 'noise';
  const scale = scaleOf(unit);
  const values = at.map(({ b, quantiles: [low, lower, median, upper, high] }) => {
    const [from, first, middle, third, to] = [low, lower, median, upper, high].map((each) =>
      shorten(each * scale),
    );
    return { b, from, first, middle, third, to };
  });
  const title = inNoise ? 'residual / noise' : 'residual (% of S0)';
  const y = {
    type: 'quantitative' as const,
    axis: { title, tickCount: 5 },
    ...(domain ? { scale: { domain: [shorten(domain[0])!, shorten(domain[1])!] } } : {}),
  };
  const tooltip = [
    { field: 'b', title: 'b (s/mm²)' },
    { field: 'middle', title: `median ${title}`, format: '+.3~g' },
    { field: 'first', title: 'half of the voxels from', format: '+.3~g' },
    { field: 'third', title: 'to', format: '+.3~g' },
    { field: 'from', title: '90 % of the voxels from', format: '+.3~g' },
    { field: 'to', title: 'to', format: '+.3~g' },
  ];
  const expected = inNoise
    ? [
        {
          data: { values: [{ from: -NINE_TENTHS, to: NINE_TENTHS }] },
          mark: { type: 'rect' as const, color: REFERENCE_COLOR, opacity: 0.18, tooltip: false },
          encoding: { y: { ...y, field: 'from' }, y2: { field: 'to' } },
        },
      ]
    : [];
  return {
    title: {
      text: heading,
      subtitle: [
        'signal minus fit: median, 50 and 90 %',
        ...(inNoise ? ['grey: 90 % of noise alone'] : ['of the voxels']),
      ],
      fontSize: 12,
      subtitleFontSize: 11,
    },
    width: 210,
    height: 120,
    data: { values },
    layer: [
      ...expected,
      {
        data: { values: [{ zero: 0 }] },
        mark: { type: 'rule' as const, color: REFERENCE_COLOR, strokeDash: [4, 3], tooltip: false },
        encoding: { y: { ...y, field: 'zero' } },
      },
      {
        mark: { type: 'rule' as const, strokeWidth: 1.2, color: COLORS[0] },
        encoding: { x: bAxis(at), y: { ...y, field: 'from' }, y2: { field: 'to' }, tooltip },
      },
      {
        mark: { type: 'rule' as const, strokeWidth: 5, color: COLORS[0], opacity: 0.75 },
        encoding: { x: bAxis(at), y: { ...y, field: 'first' }, y2: { field: 'third' }, tooltip },
      },
      {
        mark: { type: 'point' as const, filled: true, size: 30, color: COLORS[1], opacity: 1 },
        encoding: { x: bAxis(at), y: { ...y, field: 'middle' }, tooltip },
      },
    ],
  };
}
