import type { TopLevelSpec } from 'vega-lite';
import type { Row } from '../../contracts/metric.ts';
import { PARAMETERS, type ParameterName } from '../../contracts/voxels.ts';
import type { Measure } from '../../measures/measure.ts';
import { numericFactor } from '../../tables/reading/factor.ts';
import { protocolOf, protocolsOf } from '../../tables/reading/protocols.ts';
import { byName } from '../../tables/reading/series.ts';
import { shorten } from './shorten.ts';

/** How a measure is coloured in maps over true f and Dp. */
export interface TissueMap {
  readonly measure: Measure;
  readonly title: string;
  /** The colour's value in percent. */
  readonly shown: (row: Row, truth: number) => number;
  readonly domain: readonly [number, number, number];
  readonly range: readonly [string, string, string];
}

/**
 * Maps over true f and Dp: a column per fitter, and a row per protocol, SNR and parameter. Null without rows on a grid of
 * tissues.
 */
export function tissueMaps(all: readonly Row[], map: TissueMap, description: string): TopLevelSpec | null {
  const rows = all.filter(
    (row) =>
      row.metric === map.measure.name &&
      Number.isFinite(row.value) &&
      Number.isFinite(numericFactor(row, 'true_f')) &&
      Number.isFinite(numericFactor(row, 'true_Dp')) &&
      Number.isFinite(numericFactor(row, 'snr')),
  );
  if (rows.length === 0) return null;
  const fitters = [...new Set(rows.map(({ method }) => method))].sort(byName);
  const snrs = [...new Set(rows.map((row) => numericFactor(row, 'snr')))].sort((a, b) => a - b);
  const places = protocolsOf(rows).flatMap((protocol) =>
    snrs.flatMap((snr) => PARAMETERS.map((parameter) => ({ protocol, snr, parameter }))),
  );
  const concat = places.flatMap((place) => {
    const own = rows.filter(
      (row) =>
        protocolOf(row) === place.protocol &&
        numericFactor(row, 'snr') === place.snr &&
        row.parameter === place.parameter,
    );
    if (own.length === 0) return [];
    return fitters.map((fitter) =>
      panel(
        place,
        fitter,
        own.filter(({ method }) => method === fitter),
        map,
      ),
    );
  });
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    description,
    usermeta: { columns: fitters.length, minPanelWidth: 110, grid: true },
    columns: fitters.length,
    spacing: { row: 16, column: 12 },
    concat,
    resolve: { scale: { color: 'shared' } },
  };
}

interface Place {
  readonly protocol: string;
  readonly snr: number;
  readonly parameter: ParameterName;
}

function panel(
  { protocol, snr, parameter }: Place,
  fitter: string,
  rows: readonly Row[],
  { title, shown, domain, range }: TissueMap,
) {
  const values = rows.map((row) => {
    const [f, Dp] = [numericFactor(row, 'true_f'), numericFactor(row, 'true_Dp')];
    const value = shorten(shown(row, numericFactor(row, `true_${parameter}`)));
    return { f, Dp: shorten(1000 * Dp), shown: value, n: row.n };
  });
  return {
    title: {
      text: `${parameter} · ${fitter}`,
      subtitle: [...(protocol === '' ? [] : [protocol]), `SNR ${Number(snr.toPrecision(3))}`].join(', '),
      fontSize: 12,
      subtitleFontSize: 11,
    },
    width: 130,
    height: 120,
    data: { values },
    mark: { type: 'rect' as const },
    encoding: {
      x: {
        field: 'Dp',
        type: 'ordinal' as const,
        axis: { title: 'true Dp (10⁻³ mm²/s)', labelAngle: 0, labelOverlap: true, grid: false },
      },
      y: {
        field: 'f',
        type: 'ordinal' as const,
        sort: 'descending' as const,
        axis: { title: 'true f', labelOverlap: true, grid: false },
      },
      color: {
        field: 'shown',
        type: 'quantitative' as const,
        scale: { domain: [...domain], range: [...range], clamp: true },
        legend: { title, orient: 'top' as const, gradientLength: 180, format: '~f' },
      },
      tooltip: [
        { field: 'f', title: 'true f', format: '~f' },
        { field: 'Dp', title: 'true Dp (10⁻³ mm²/s)', format: '~f' },
        { field: 'shown', title, format: '.3~g' },
        { field: 'n', title: 'voxels' },
      ],
    },
  };
}
