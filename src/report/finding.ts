import type { StoredRun } from '../contracts/stored-run.ts';

/** A published result, and what this run shows about it. */
export interface Finding {
  readonly reported: string;
  readonly source: string;
  /** The part of the run that it concerns; absent: all of it. */
  readonly where?: string;
  /** Sentences computed from the rows; empty if the run shows nothing about it. */
  readonly found: readonly string[];
  /** Shown instead of `found` if that is empty. */
  readonly otherwise: string;
}

export type FindingOf = (run: StoredRun) => Finding;

/** Origin of the values a run is compared with: printed in a paper, computed by its published code, or by ours. */
export type Against = 'paper' | 'code' | 'reference';

/** One file in `src/report/findings/`, its default export. */
export interface FindingSource {
  /** Place among the findings: smaller first. */
  readonly order: number;
  readonly against: Against;
  /** The experiments it applies to: the first of them that the run has is used. */
  readonly experiments: readonly string[];
  /** Not shown if the run has this experiment too. */
  readonly unless?: string;
  /** Whether its sentences are of interest without the comparison, in a study of other tissue or b-values. */
  readonly general?: true;
  /** Whether the run has anything to do with it; absent: every run of its experiments. */
  readonly when?: (run: StoredRun) => boolean;
  readonly find: FindingOf;
  /** Returns the answer to the question of its experiment in one sentence; undefined if the rows contain none. */
  readonly answer?: (run: StoredRun) => string | undefined;
}
