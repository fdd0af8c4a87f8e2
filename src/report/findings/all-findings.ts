import type { StoredRun } from '../../contracts/stored-run.ts';
import { bayesFloor } from './bayes-floor.ts';
import type { Finding } from './finding.ts';
import { globalMinimum } from './global-minimum.ts';
import { lowestError } from './lowest-error.ts';
import { networkSpread } from './network-spread.ts';
import { networkTime } from './network-time.ts';
import { sameLeastSquares } from './same-least-squares.ts';
import { volunteers } from './volunteers.ts';

/** The panel "the paper reports / this run found", in the order of its argument; empty for other experiments. */
export function allFindings(run: StoredRun): Finding[] {
  if (run.manifest.experiment !== 'phantom') return [];
  return [
    lowestError,
    networkTime,
    sameLeastSquares,
    globalMinimum,
    networkSpread,
    bayesFloor,
    volunteers,
  ].map((finding) => finding(run));
}
