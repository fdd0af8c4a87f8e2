import { isGreen, type GateOutcome } from '../outcome.ts';

/** What programs may read; a number that isn't finite is null. */
export const outcomeJson = (outcome: GateOutcome): string =>
  JSON.stringify({ green: isGreen(outcome), ...outcome }, null, 2) + '\n';
