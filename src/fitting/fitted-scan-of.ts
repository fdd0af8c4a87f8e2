import { measuredSignals } from '../fit-results/measured-signals.ts';
import type { FittedScan } from '../fit-results/fitted-scan.ts';
import type { NiftiHeader } from '../data/nifti-header.ts';
import { repeatsOf, type MeasuredProtocol } from '../data/measured-protocol.ts';
import type { RowSource } from '../data/row-source.ts';
import type { EstimateColumn } from '../data/estimate-columns.ts';
import type { ScanMaps } from '../data/scan-maps.ts';

/** Joins the maps of a fit with the signals that they are of. */
export async function fittedScanOf(fit: {
  readonly fitter: string;
  readonly source: RowSource;
  readonly header: NiftiHeader;
  readonly protocol: MeasuredProtocol;
  readonly maps: Pick<ScanMaps, 'maps' | 'status'> & {
    readonly columns: readonly Pick<EstimateColumn, 'name'>[];
  };
  readonly sigma?: number;
  readonly regions?: FittedScan['regions'];
}): Promise<FittedScan> {
  const { fitter, source, header, protocol, sigma, regions } = fit;
  const { columns, maps, status } = fit.maps;
  return {
    fitter,
    grid: header,
    bValues: protocol.bValues,
    averages: repeatsOf(protocol),
    maps: new Map(columns.map(({ name }, c) => [name, maps[c]])),
    status,
    ...(sigma === undefined ? {} : { sigma }),
    ...(regions ? { regions } : {}),
    measured: await measuredSignals(source, protocol, status),
  };
}
