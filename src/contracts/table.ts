import type { Row } from './metric.ts';
import type { RunManifest } from './stored-run.ts';

/** A value with its 95 % interval (or, for times, its spread). */
export interface ValueWithInterval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /** The best of its line, shown in bold. */
  readonly best?: boolean;
}

/** A value with different forms for people and programs: `D` in CSV, `D (10⁻³ mm²/s)` on a page. */
export interface Named {
  readonly raw: string;
  readonly shown: string;
}

/** The value of a table cell; `null` if unknown. */
export type TableValue = string | number | ValueWithInterval | Named | null;

export interface Column {
  /** Header in CSV: lower case with underscores, or a fitter's name. A value with an interval becomes three columns. */
  readonly name: string;
  /** Header for people, with the unit. */
  readonly label: string;
  /** Significant digits for people; CSV keeps full precision. Default 3. */
  readonly digits?: number;
  /** Decimal places for people, instead of significant digits. */
  readonly decimals?: number;
  /** For people only: values are multiplied by the `scale` of their line. */
  readonly scaled?: boolean;
  /** Omitted from output for people. */
  readonly csvOnly?: boolean;
}

export interface Line {
  readonly values: readonly TableValue[];
  /** Factor of the `scaled` columns in output for people, as in 1000 for 10⁻³ mm²/s. */
  readonly scale?: number;
}

export interface TableContent {
  readonly columns: readonly Column[];
  readonly lines: readonly Line[];
}

/** A view of stored rows. One file in `src/tables/`, its default export, named after the file. */
export interface Table {
  readonly title: string;
  /** What the table shows, in one or two sentences, for Markdown and the report. */
  readonly caption: string;
  /** Place in the report: smaller first, then by name. Absent: 100. */
  readonly order?: number;
  /** Name of the figure under which the report shows it; `comparison`: with what is reported elsewhere. Absent: on its own. */
  readonly beside?: string;
  /** CSV only, because it is too long to read. */
  readonly csvOnly?: boolean;
  /** A pure function; null if the rows it shows are missing. */
  build(rows: readonly Row[], manifest: RunManifest): TableContent | null;
}
