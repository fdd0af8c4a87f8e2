import type { Row } from './metric.ts';

/** A run whose values were accepted as a reference, as the history lists it. */
export interface AcceptedRun {
  /** ISO 8601. */
  readonly accepted: string;
  readonly version: string;
  /** First digits of the commit, followed by + if files were modified; '' if unknown. */
  readonly commit: string;
  readonly values: readonly AcceptedValue[];
}

/** One gated value of an accepted run; for a fitter trained from several seeds, the median over them. */
export type AcceptedValue = Pick<Row, 'experiment' | 'method' | 'factors' | 'parameter' | 'metric' | 'value'>;
