import type { StoredRun } from '../contracts/stored-run.ts';

/** One thing that is known from elsewhere, and what this run says to it. */
export interface Finding {
  readonly reported: string;
  readonly source: string;
  /** Of which part of the run all of it is said; absent where it is of the whole. */
  readonly where?: string;
  /** Sentences computed from the rows; empty where the run says nothing about it. */
  readonly found: readonly string[];
  /** Shown instead of `found` where that is empty. */
  readonly otherwise: string;
}

export type FindingOf = (run: StoredRun) => Finding;

/** One file in `src/report/findings/`, its default export. */
export interface FindingSource {
  /** Place among the findings: smaller first. */
  readonly order: number;
  /** The experiments it can speak of: the first of them that the run has is meant. */
  readonly experiments: readonly string[];
  /** Not shown where the run has this experiment too. */
  readonly unless?: string;
  readonly find: FindingOf;
}
