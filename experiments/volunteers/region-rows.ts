import type { Row } from '../../src/contracts/metric.ts';
import { PARAMETERS, type Parameters } from '../../src/contracts/voxels.ts';
import type { SessionVoxels } from '../../src/data/cohort/read-session.ts';
import { regionMeans } from '../../src/metrics/regional/region-means.ts';
import { parameterUnit } from '../../src/metrics/weighted/parameter-unit.ts';
import { sessionLabel } from './planned-sessions.ts';
import type { RegionRecord } from './region-file.ts';
import { volunteersRow } from './rows.ts';

/** Means over every region of a session as each reader drew it. */
export function regionRecords(voxels: SessionVoxels, parameters: Parameters): RegionRecord[] {
  const { subject } = voxels.session;
  return voxels.drawn.map(({ reader, region, rows }) => ({
    subject,
    reader,
    region,
    ...regionMeans(parameters, rows),
  }));
}

/** The same as rows; `n` is the number of voxels with an estimate. */
export function regionRows(fitter: string, session: string, records: readonly RegionRecord[]): Row[] {
  return records.flatMap(({ subject, reader, region, used, ...means }) =>
    PARAMETERS.map((parameter) =>
      volunteersRow({
        method: fitter,
        factors: { subject, session: sessionLabel(session), reader, region },
        parameter,
        metric: 'roi_mean',
        value: means[parameter],
        unit: parameterUnit(parameter),
        n: used,
      }),
    ),
  );
}
