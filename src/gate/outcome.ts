import type { ConfigDifference } from './config-differences.ts';
import type { Reference } from './reference.ts';
import type { Slowdown } from './relative-times.ts';
import { isRed, type Verdict } from './verdict.ts';

/** What the gate says of a run. */
export interface GateOutcome {
  /** The run, as messages call it. */
  readonly run: string;
  /** File of the accepted figures, and where those come from. */
  readonly against: string;
  readonly reference: Pick<Reference, 'name' | 'accepted' | 'git' | 'versions' | 'platform' | 'configHash'>;
  readonly verdicts: readonly Verdict[];
  /** What is missing of the run itself, a line each: red. */
  readonly problems: readonly string[];
  /** What may explain differences, a line each. */
  readonly notes: readonly string[];
  readonly differences: readonly ConfigDifference[];
  /** Warnings only. */
  readonly slowdowns: readonly Slowdown[];
}

export const isGreen = ({ verdicts, problems }: GateOutcome): boolean =>
  problems.length === 0 && !verdicts.some(isRed);
