import type { StoredRun } from '../../contracts/stored-run.ts';

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
