import type { Row } from '../../src/contracts/metric.ts';
import { PARAMETERS } from '../../src/contracts/voxels.ts';
import { SESSIONS, volunteersRows } from './volunteers-rows.ts';

/** Rows of a made-up run of volunteers whose regions a network has marked as well. @param difference of ICC */
export function networkReaderRows(fitters?: readonly string[], difference = -0.02): Row[] {
  const rows = volunteersRows(fitters);
  const methods = [...new Set(rows.map(({ method }) => method))].filter((method) => method !== '');
  return [
    ...rows,
    ...methods.flatMap((method) =>
      SESSIONS.flatMap((session) =>
        PARAMETERS.flatMap((parameter): Row[] => {
          const about = { experiment: 'volunteers', method, parameter, unit: '', n: 12 };
          const row = (metric: string, value: number, factors: Row['factors'] = {}): Row => ({
            ...{ ...about, metric, value, ciLow: value - 0.03, ciHigh: value + 0.03 },
            factors: { session, ...factors },
          });
          return [
            row('network_icc2', 0.9, { reader: 'reader1' }),
            row('network_icc2', 0.92, { reader: 'reader2' }),
            row('network_icc2_difference', difference),
            row('network_cv_percent', 12),
            row('network_cv_difference', 0.01),
            row('network_region_difference', -3, { region: 'spleen' }),
            row('network_region_difference', 2, { region: 'left_liver' }),
          ];
        }),
      ),
    ),
  ];
}
