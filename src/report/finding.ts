import type { StoredRun } from '../contracts/stored-run.ts';

/** One thing that is known from elsewhere, and what this run shows about it. */
export interface Finding {
  readonly reported: string;
  readonly source: string;
  /** The part of the run that all of it is about; absent where it is the whole. */
  readonly where?: string;
  /** Sentences computed from the rows; empty where the run shows nothing about it. */
  readonly found: readonly string[];
  /** Shown instead of `found` where that is empty. */
  readonly otherwise: string;
}

export type FindingOf = (run: StoredRun) => Finding;

/** Whose figures a run is compared with: those printed in a paper, those that its published code gives, or our own. */
export type Against = 'paper' | 'code' | 'reference';

/** One file in `src/report/findings/`, its default export. */
export interface FindingSource {
  /** Place among the findings: smaller first. */
  readonly order: number;
  readonly against: Against;
  /** The experiments it applies to: the first of them that the run has is used. */
  readonly experiments: readonly string[];
  /** Not shown where the run has this experiment too. */
  readonly unless?: string;
  /** Whether its sentences are of interest without the comparison, in a study of other tissue or b-values. */
  readonly general?: true;
  readonly find: FindingOf;
  /** The answer to the question of its experiment, in one sentence; undefined where the rows give none. */
  readonly answer?: (run: StoredRun) => string | undefined;
}
