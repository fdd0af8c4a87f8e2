import { TRUTH } from '../contracts/metric.ts';
import type { ValueWithInterval, Table } from '../contracts/table.ts';
import { CV_PERCENT, ICC2 } from '../measures/agreement.ts';
import { hasPublishedSetting } from './published/study-setting.ts';
import { volunteerClaims } from './published/volunteer-claims.ts';
import { aboutLine, agreementLines, intervalOf } from './reading/agreement-lines.ts';
import { configOf } from './reading/config-of.ts';

const { iccPercent, cvPercent } = volunteerClaims;
const METRICS = [ICC2.name, ICC2.withinRegions.name, CV_PERCENT.name];
const range = ([low, high]: readonly [number, number]) => `${low}–${high}`;

const table: Table = {
  title: 'The study’s volunteers and this run',
  order: 2.1,
  beside: 'comparison',
  caption:
    'The abstract reports an ICC of 50–97 % between the readers and a CV of 9.2–28.4 % between people for its network, over all ' +
    'parameters and fields. This table reports ICC(2,1) over all regions of all people, which mostly says that organs differ, beside ' +
    'ICC(2,1) within regions; and the mean over the regions of the CV between people. Intervals are 95 % jackknife intervals over people. The abstract does not name its form of ICC. ' +
    'Of virtual volunteers these numbers are a plausible account, not a validation: how they are read, how they move and how much their tissue varies ' +
    'was chosen with the study’s ranges in view. “Ideal” are the same people without motion, with whole organs drawn.',
  build(rows, manifest) {
    if (!hasPublishedSetting('volunteers', configOf(manifest, 'volunteers'))) return null;
    const lines = agreementLines(rows, METRICS).filter(({ method }) => method !== TRUTH);
    if (lines.length === 0) return null;
    return {
      columns: [
        { name: 'parameter', label: 'Parameter' },
        { name: 'session', label: 'Field' },
        { name: 'fitter', label: 'Fitter' },
        { name: 'icc_percent', label: 'ICC (%)', digits: 4 },
        { name: 'icc_study', label: `Study: ${range(iccPercent)} %` },
        { name: 'icc_within_regions_percent', label: 'ICC within regions (%)' },
        { name: 'cv_percent', label: 'CV (%)' },
        { name: 'cv_study', label: `Study: ${range(cvPercent)} %` },
      ],
      lines: lines.map((line) => {
        const [icc, cv] = [intervalOf(line, ICC2.name, 100), intervalOf(line, CV_PERCENT.name)];
        const within = intervalOf(line, ICC2.withinRegions.name, 100);
        return {
          values: [...aboutLine(line), icc, placeIn(icc, iccPercent), within, cv, placeIn(cv, cvPercent)],
        };
      }),
    };
  },
};
export default table;

function placeIn(found: ValueWithInterval | null, [low, high]: readonly [number, number]): string | null {
  if (found === null) return null;
  return found.value < low ? 'below' : found.value > high ? 'above' : 'inside';
}
