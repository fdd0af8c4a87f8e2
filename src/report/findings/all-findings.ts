import type { StoredRun } from '../../contracts/stored-run.ts';
import { bayesFloor } from './bayes-floor.ts';
import { experimentOf } from './experiment-of.ts';
import type { Finding } from './finding.ts';
import { globalMinimum } from './global-minimum.ts';
import { lowestError } from './lowest-error.ts';
import { networkSpread } from './network-spread.ts';
import { networkTime } from './network-time.ts';
import { readersAgree } from './readers-agree.ts';
import { sameLeastSquares } from './same-least-squares.ts';
import { smallVariation } from './small-variation.ts';
import { subjectsVary } from './subjects-vary.ts';
import { volunteers } from './volunteers.ts';

const PHANTOM = [lowestError, networkTime, sameLeastSquares, globalMinimum, networkSpread, bayesFloor];
const VOLUNTEERS = [readersAgree, subjectsVary, smallVariation];

/** The panel "the paper reports / this run found", in the order of its argument; empty for other experiments. */
export function allFindings(run: StoredRun): Finding[] {
  const phantom = experimentOf(run, 'phantom');
  const people = experimentOf(run, 'volunteers');
  return [
    ...(phantom ? PHANTOM.map((finding) => finding(phantom)) : []),
    ...(people ? VOLUNTEERS.map((finding) => finding(people)) : []),
    // The time is the phantom's to tell where both are there: it has more fitters.
    ...(people && !phantom ? [networkTime(people)] : []),
    ...(phantom && !people ? [volunteers(phantom)] : []),
  ];
}
