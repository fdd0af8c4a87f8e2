import type { ParameterName } from '../../contracts/voxels.ts';
import type { Coverage } from '../../tables/reading/coverage.ts';
import { coverageMarks, legendOf, nameOf } from './coverage-marks.ts';
import { extentOf } from './extent.ts';
import { REFERENCE_COLOR, type SeriesLooks } from './series-looks.ts';
import { shorten } from './shorten.ts';
import { snrAxis } from './snr-axis.ts';

/** What the axes against SNR span: the same for every parameter and protocol, so that panels can be compared. */
export interface CoverageFrame {
  readonly snr: readonly [number, number];
  /** In percent. */
  readonly lowest: number;
}

/** @param all the coverages of every parameter */
export function frameOf(all: readonly Coverage[]): CoverageFrame {
  const shown = all.filter(({ nominal }) => nominal === 0.95);
  const snrs = shown.map(({ snr }) => snr);
  const edges = shown
    .flatMap(({ row }) => [row.value, row.ciLow])
    .filter(Number.isFinite)
    .map((share) => shorten(100 * share)!);
  return {
    snr: extentOf(snrs),
    // Down to the lowest coverage, and never so close that a half per cent looks like much.
    lowest: 10 * Math.floor(extentOf([80, ...edges])[0] / 10),
  };
}

/** Coverage of the 95 % intervals of a parameter against SNR, a line per fitter, and a line at 95 %. */
export function coverageAgainstSnr(
  name: ParameterName,
  coverages: readonly Coverage[],
  frame: CoverageFrame,
  looks: SeriesLooks,
) {
  const points = coverages
    .filter(({ nominal }) => nominal === 0.95)
    .map(({ row, snr }) => ({
      series: nameOf(row),
      snr,
      covered: shorten(100 * row.value),
      low: shorten(100 * row.ciLow),
      high: shorten(100 * row.ciHigh),
    }));
  const x = snrAxis(...frame.snr);
  const y = {
    field: 'covered',
    type: 'quantitative' as const,
    scale: { domain: [frame.lowest, 100], nice: false },
    axis: { title: `coverage of 95 % intervals, ${name} (%)`, tickMinStep: 5, format: 'd' },
  };
  const color = { field: 'series', type: 'nominal' as const, scale: looks.color, legend: legendOf() };
  return {
    width: 240,
    height: 200,
    layer: [
      {
        data: { values: [{ covered: 95 }] },
        mark: { type: 'rule' as const, color: REFERENCE_COLOR, strokeWidth: 1, tooltip: false },
        encoding: { y },
      },
      {
        data: { values: points },
        mark: { type: 'area' as const, opacity: 0.2, tooltip: false },
        encoding: { x, y: { ...y, field: 'low' }, y2: { field: 'high' }, color },
      },
      ...coverageMarks(points, { x, y }, looks, [
        { field: 'series', title: 'fitter' },
        { field: 'snr', title: 'SNR', format: '.4~g' },
        { field: 'covered', title: 'coverage (%)', format: '.3~g' },
        { field: 'low', title: '95 % interval from', format: '.3~g' },
        { field: 'high', title: 'to', format: '.3~g' },
      ]),
    ],
  };
}
