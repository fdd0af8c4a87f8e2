import type { ConfigDifference } from './config-differences.ts';
import type { Reference } from './reference.ts';
import type { Slowdown } from './relative-times.ts';
import { isRed, type Verdict } from './verdict.ts';

/** The result of the gate for a run. */
export interface GateOutcome {
  /** Name of the run in messages. */
  readonly run: string;
  /** File of the accepted values, and their origin. */
  readonly against: string;
  readonly reference: Pick<Reference, 'name' | 'accepted' | 'git' | 'versions' | 'platform' | 'configHash'>;
  readonly verdicts: readonly Verdict[];
  /** Problems of the run itself, one per line: red. */
  readonly problems: readonly string[];
  /** Possible explanations of differences, one per line. */
  readonly notes: readonly string[];
  readonly differences: readonly ConfigDifference[];
  /** Warnings only. */
  readonly slowdowns: readonly Slowdown[];
}

export const isGreen = ({ verdicts, problems }: GateOutcome): boolean =>
  problems.length === 0 && !verdicts.some(isRed);
