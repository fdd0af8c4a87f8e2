import type { Row } from './metric.ts';

/** A run whose figures were accepted once, as a history tells it. */
export interface AcceptedRun {
  /** ISO 8601. */
  readonly accepted: string;
  readonly version: string;
  /** Beginning of the commit, with a + where files were changed; '' where it is not known. */
  readonly commit: string;
  readonly figures: readonly AcceptedFigure[];
}

/** One figure of it; of a fitter that was trained from several seeds the median over them. */
export type AcceptedFigure = Pick<
  Row,
  'experiment' | 'method' | 'factors' | 'parameter' | 'metric' | 'value'
>;
