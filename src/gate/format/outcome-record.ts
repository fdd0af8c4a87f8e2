import { isGreen, type GateOutcome } from '../outcome.ts';

/** Returns the outcome for `--json`. */
export const outcomeRecord = (outcome: GateOutcome) => ({ green: isGreen(outcome), ...outcome });
