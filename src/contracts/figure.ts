import type { TopLevelSpec } from 'vega-lite';
import type { AcceptedRun } from './accepted-run.ts';
import type { Row } from './metric.ts';
import type { Picture } from './picture.ts';
import type { RunManifest } from './stored-run.ts';

/** A drawing of stored rows and pictures. One file in `src/figures/`, its default export, named after the file. */
export interface Figure {
  readonly title: string;
  /** What the figure shows, in one or two sentences, for the report. */
  readonly caption: string;
  /** Place in the report: smaller first, then by name. Absent: 100. */
  readonly order?: number;
  /** Returns the specification with its data embedded, or null if the rows it needs are missing. A pure function. */
  draw(
    rows: readonly Row[],
    pictures: readonly Picture[],
    manifest: Pick<RunManifest, 'config'>,
    history?: readonly AcceptedRun[],
  ): TopLevelSpec | null;
}
