import type { Row } from '../../src/contracts/metric.ts';
import { PARAMETERS, type Parameters } from '../../src/contracts/voxels.ts';
import type { Shortcoming } from '../../src/data/cohort/cohort.ts';
import type { SessionVoxels } from '../../src/data/cohort/read-session.ts';
import { regionMeans, type RegionMeans } from '../../src/metrics/regional/region-means.ts';
import { quantityUnit } from '../../src/measures/quantities.ts';
import type { Measured } from '../../src/preparation/recorded.ts';
import { sessionLabel } from './planned-sessions.ts';
import { NETWORK_READER, NETWORK_ROI_MEAN } from '../../src/measures/network-reader.ts';
import { MISSING, ROI_MEAN } from '../../src/measures/regions.ts';

/** Completes a row of this experiment; fields that are not given are empty. */
export function volunteersRow(measured: Measured): Row {
  return {
    experiment: 'volunteers',
    factors: {},
    parameter: '',
    ciLow: NaN,
    ciHigh: NaN,
    unit: '',
    ...measured,
  };
}

/** Returns a shortcoming of a data set as a row that tables can list and count. */
export function missingRow({ subject, session, reader, region, leavesOut, text }: Shortcoming): Row {
  const factors = {
    subject,
    // Empty if it concerns the whole subject.
    ...(session === '' && leavesOut === 'session' ? {} : { session: sessionLabel(session) }),
    ...(reader === undefined ? {} : { reader }),
    ...(region === undefined ? {} : { region }),
    leaves_out: leavesOut,
    what: text,
  };
  return volunteersRow({ method: '', factors, metric: MISSING.name, value: 1, n: 1 });
}

/** Means over one region of one subject as drawn by one reader. */
export interface RegionRecord extends RegionMeans {
  readonly subject: string;
  readonly reader: string;
  readonly region: string;
}

/** Computes the means over every region of a session as drawn by each reader. */
export function regionRecords(voxels: SessionVoxels, parameters: Parameters): RegionRecord[] {
  const { subject } = voxels.session;
  return voxels.drawn.map(({ reader, region, rows }) => ({
    subject,
    reader,
    region,
    ...regionMeans(parameters, rows),
  }));
}

/** Returns the records as rows; `n` is the number of voxels with an estimate. */
export function regionRows(method: string, session: string, records: readonly RegionRecord[]): Row[] {
  // What a network marks is no drawing: tables and figures of readers do without it.
  const metricOf = (reader: string) => (reader === NETWORK_READER ? NETWORK_ROI_MEAN : ROI_MEAN);
  return records.flatMap(({ subject, reader, region, used, ...means }) =>
    PARAMETERS.map((parameter) =>
      volunteersRow({
        method,
        factors: { subject, session: sessionLabel(session), reader, region },
        parameter,
        metric: metricOf(reader).name,
        value: means[parameter],
        unit: quantityUnit(parameter),
        n: used,
      }),
    ),
  );
}

/** File in which cells of single sessions save region means for the comparison. */
export const REGION_FILE = 'regions.json';

/** JSON has no NaN: a missing mean is null. */
export const encodeRegions = (records: readonly RegionRecord[]): Uint8Array =>
  new TextEncoder().encode(JSON.stringify(records, null, 1) + '\n');

export function decodeRegions(bytes: Uint8Array): RegionRecord[] {
  return JSON.parse(new TextDecoder().decode(bytes), (_key, value: unknown) =>
    value === null ? NaN : value,
  ) as RegionRecord[];
}
