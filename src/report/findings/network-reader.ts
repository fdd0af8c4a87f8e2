import type { Row } from '../../contracts/metric.ts';
import { TRUTH } from '../../contracts/metric.ts';
import { CV_PERCENT, ICC2 } from '../../measures/agreement.ts';
import {
  NETWORK_CV,
  NETWORK_CV_DIFFERENCE,
  NETWORK_ICC2,
  NETWORK_ICC2_DIFFERENCE,
} from '../../measures/network-reader.ts';
import { paperClaims } from '../../tables/published/paper-claims.ts';
import { isIdeal } from '../../tables/reading/session-display.ts';
import type { FindingOf, FindingSource } from '../finding.ts';

/** Whether what the study says of readers and people would be otherwise with a network in place of a reader. */
const networkReader: FindingOf = ({ rows }) => {
  const of = (metric: string) =>
    rows.filter(
      (row) =>
        row.metric === metric &&
        row.method !== TRUTH &&
        row.factors.region === undefined &&
        Number.isFinite(row.value),
    );
  const differences = of(NETWORK_ICC2_DIFFERENCE.name);
  return {
    reported: paperClaims.readers.text,
    source: paperClaims.readers.source,
    found:
      differences.length === 0
        ? []
        : [false, true].flatMap((ideal) => {
            const these = (metric: string) =>
              of(metric).filter(({ factors }) => isIdeal(String(factors.session)) === ideal);
            return these(NETWORK_ICC2_DIFFERENCE.name).length === 0 ? [] : [sentence(these, ideal)];
          }),
    otherwise: 'This run has no network among its readers.',
  };
};
export default {
  order: 21.5,
  against: 'paper',
  experiments: ['volunteers'],
  find: networkReader,
  when: ({ rows }) => rows.some(({ metric }) => metric === NETWORK_ICC2_DIFFERENCE.name),
} satisfies FindingSource;

function sentence(these: (metric: string) => readonly Row[], ideal: boolean): string {
  const [icc, between] = [these(NETWORK_ICC2.name), these(ICC2.name)];
  const [differences, cvDifferences] = [
    these(NETWORK_ICC2_DIFFERENCE.name),
    these(NETWORK_CV_DIFFERENCE.name),
  ];
  const percent = (some: readonly Row[], scale: number) => {
    const values = some.map(({ value }) => Math.round(scale * value));
    return `${Math.min(...values)}–${Math.max(...values)} %`;
  };
  const lower = differences.filter(({ ciHigh }) => ciHigh < 0).length;
  const higher = differences.filter(({ ciLow }) => ciLow > 0).length;
  const otherCv = cvDifferences.filter(({ ciLow, ciHigh }) => ciLow > 0 || ciHigh < 0).length;
  const { same, all } = sameBest(between, icc);
  const changes = lower + higher + otherCv === 0 && same === all;
  return (
    `${ideal ? 'With ideal readers and without motion, a' : 'A'} network that marked the same people agrees with the readers with an ICC(2,1) of ${percent(icc, 100)} over fitters, parameters and fields, ` +
    `where they agree with each other with ${percent(between, 100)}; of ${differences.length} differences the 95 % interval lies below 0 in ${lower} and above 0 in ${higher}. ` +
    `People differ by a CV of ${percent(these(NETWORK_CV.name), 1)} in the network’s regions and of ${percent(these(CV_PERCENT.name), 1)} in the readers’; ${otherCv} of ${cvDifferences.length} differences exclude 0. ` +
    (new Set(between.map(({ method }) => method)).size > 1
      ? `The fitter with the highest agreement is the same with the network as between readers in ${same} of ${all} comparisons. `
      : '') +
    (changes
      ? 'No conclusion changes with the network in place of a reader.'
      : 'So conclusions do depend on who marks the regions, in the places that the tables show.')
  );
}

/** In how many parameters and sessions the same fitter is best by both. */
function sameBest(between: readonly Row[], withNetwork: readonly Row[]): { same: number; all: number } {
  const place = ({ parameter, factors }: Row) => JSON.stringify([parameter, factors.session]);
  const places = [...new Set(between.map(place))];
  const best = (rows: readonly Row[], at: string): string | undefined => {
    const means = new Map<string, number>();
    for (const row of rows)
      if (place(row) === at) means.set(row.method, (means.get(row.method) ?? 0) + row.value);
    return [...means].sort(([, a], [, b]) => b - a)[0]?.[0];
  };
  return {
    same: places.filter((at) => best(between, at) === best(withNetwork, at)).length,
    all: places.length,
  };
}
