import type { StoredRun } from '../../contracts/stored-run.ts';
import { atOneProtocol, type ChosenProtocol } from '../../tables/reading/at-one-protocol.ts';
import { bayesFloor } from './bayes-floor.ts';
import { bestOfRuns } from './best-of-runs.ts';
import { dataHelps } from './data-helps.ts';
import { depthHelps } from './depth-helps.ts';
import { experimentOf } from './experiment-of.ts';
import type { Finding, FindingOf } from './finding.ts';
import { globalMinimum } from './global-minimum.ts';
import { intervalCoverage } from './interval-coverage.ts';
import { lowestError } from './lowest-error.ts';
import { networkSpread } from './network-spread.ts';
import { networkTime } from './network-time.ts';
import { rangeOfDp } from './range-of-dp.ts';
import { readersAgree } from './readers-agree.ts';
import { sameLeastSquares } from './same-least-squares.ts';
import { seedDependence } from './seed-dependence.ts';
import { smallVariation } from './small-variation.ts';
import { subjectsVary } from './subjects-vary.ts';
import { volunteers } from './volunteers.ts';

const PHANTOM = [
  lowestError,
  networkTime,
  sameLeastSquares,
  globalMinimum,
  networkSpread,
  bayesFloor,
  intervalCoverage,
];
/** The study's experiments on its network, each by its name. */
const NETWORK: Readonly<Record<string, FindingOf>> = {
  depth: depthHelps,
  'training-size': dataHelps,
  'per-snr': bestOfRuns,
  'parameter-range': rangeOfDp,
  stability: seedDependence,
};
const VOLUNTEERS = [readersAgree, subjectsVary, smallVariation];

/** The panel "the paper reports / this run found", in the order of its argument; empty for other experiments. */
export function allFindings(run: StoredRun): Finding[] {
  const simulated = experimentOf(run, 'phantom');
  // Published figures are of one protocol.
  const phantom = simulated && { ...simulated, ...atOneProtocol(simulated) };
  const where = phantom?.chosen && whereOf(phantom.chosen);
  const people = experimentOf(run, 'volunteers');
  return [
    ...(phantom ? PHANTOM.map((finding) => ({ ...finding(phantom), ...(where && { where }) })) : []),
    ...Object.entries(NETWORK).flatMap(([experiment, finding]) => {
      const own = experimentOf(run, experiment);
      return own ? [finding(own)] : [];
    }),
    ...(people ? VOLUNTEERS.map((finding) => finding(people)) : []),
    // The time is the phantom's to tell where both are there: it has more fitters.
    ...(people && !phantom ? [networkTime(people)] : []),
    ...(phantom && !people ? [volunteers(phantom)] : []),
  ];
}

/** Names the protocol, since the tables have others beside it. */
const whereOf = ({ name, isStudys }: ChosenProtocol): string =>
  isStudys
    ? `At ${name}, the study’s protocol:`
    : `At ${name}, the first protocol of this run, which lacks the study’s:`;
