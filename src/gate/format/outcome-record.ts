import { isGreen, type GateOutcome } from '../outcome.ts';

/** What programs may read. */
export const outcomeRecord = (outcome: GateOutcome) => ({ green: isGreen(outcome), ...outcome });
