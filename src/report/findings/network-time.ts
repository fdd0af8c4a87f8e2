import type { Row } from '../../contracts/metric.ts';
import { FIT_US_PER_VOXEL, PREPARE_S } from '../../measures/timing.ts';
import { paperClaims } from '../../tables/published/paper-claims.ts';
import { nameOf } from '../../tables/reading/fitters-of.ts';
import { numberText } from '../../tables/reading/number-text.ts';
import { duration } from '../../wording/duration.ts';
import type { FindingOf, FindingSource } from '../finding.ts';

/** Times per voxel relative to the network, and the time of its training. */
const networkTime: FindingOf = ({ rows, manifest }) => {
  const [dnn, ls, map] = ['dnn', 'ls', 'map'].map((use) => nameOf(manifest, use));
  const times = rows.filter((row) => row.metric === FIT_US_PER_VOXEL.name && row.value > 0);
  const network = times.find((row) => row.method === dnn);
  // All of its trainings: on simulated voxels, and on those of every group of sessions.
  const training = rows
    .filter((row) => row.method === dnn && row.metric === PREPARE_S.name)
    .reduce((sum, row) => sum + row.value, 0);
  // The study's two methods first, then the others from the slowest.
  const ofStudy = (row: Row) => Number([ls, map].includes(row.method));
  const others = times
    .filter((row) => row.method !== dnn)
    .sort((a, b) => ofStudy(b) - ofStudy(a) || b.value - a.value);
  return {
    reported: paperClaims.time.text,
    source: paperClaims.time.source,
    found:
      network === undefined || others.length === 0
        ? []
        : [
            `${dnn} takes ${duration(network.value / 1e6)} per voxel.`,
            ...others.map((row) => compare(row.method, row.value, row.value / network.value)),
            ...(training > 0 ? [`The training of ${dnn} took ${duration(training)}.`] : []),
          ],
    otherwise: 'This run did not time the network beside another fitter.',
  };
};
export default {
  order: 2,
  against: 'paper',
  experiments: ['phantom', 'volunteers'],
  general: true,
  find: networkTime,
} satisfies FindingSource;

function compare(fitter: string, us: number, ratio: number): string {
  const time = `${fitter} takes ${duration(us / 1e6)}`;
  if (ratio > 0.95 && ratio < 1.05) return `${time}, the same.`;
  return ratio > 1
    ? `${time}, ${numberText(ratio, 2)} times as long.`
    : `${time}; it is ${numberText(1 / ratio, 2)} times as fast.`;
}
