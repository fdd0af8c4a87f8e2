import type { AcceptedRun } from './accepted-run.ts';
import type { Json, StudyRemarks } from './experiment.ts';
import type { Row } from './metric.ts';
import type { Picture } from './picture.ts';

/** What an experiment says about itself. */
export interface AboutExperiment {
  /** Name of its file, which its rows carry. */
  readonly name: string;
  readonly label: string;
  readonly question: string;
  readonly method?: string;
}

/** `run.json`: one executed config and everything needed to run it again. */
export interface RunManifest {
  readonly title: string;
  /** Name of the experiment's file. */
  readonly experiment: string;
  /** The experiments of the run, in the order of the report; absent in runs recorded before 0.2. */
  readonly about?: readonly AboutExperiment[];
  /** Fitter to its label; absent in runs recorded before 0.2. */
  readonly fitterLabels?: Readonly<Record<string, string>>;
  /** What is odd about the config or the data, and what of the data was left out; absent where there is nothing to say. */
  readonly remarks?: StudyRemarks;
  /** The complete config, including defaults. */
  readonly config: Json;
  readonly configHash: string;
  /** Name to version: `ivim-bench`, `node`, `@tensorflow/tfjs`, … */
  readonly versions: Readonly<Record<string, string>>;
  readonly git: { readonly commit: string; readonly dirty: boolean } | null;
  readonly machine: {
    readonly cpu: string;
    readonly cores: number;
    readonly memoryGiB: number;
    readonly os: string;
  };
  /** Digest of what exp, log and similar functions return here: if it is equal, the same code gives the same bits. */
  readonly arithmetic?: string;
  readonly workers: number;
  /** The engine that networks ran on and why; absent if no network ran. */
  readonly engine?: { readonly name: string; readonly reason: string };
  readonly seeds: Readonly<Record<string, number>>;
  /** ISO 8601. */
  readonly started: string;
  /** ISO 8601; null while the run is in progress, and for good if its process was killed. */
  readonly ended: string | null;
  readonly cells: {
    readonly planned: number;
    readonly done: number;
    readonly failed: readonly { readonly id: string; readonly message: string }[];
    /**
     * Cells that were done but whose stored results are no longer readable; absent if there are none. Not counted in `done`.
     */
    readonly lost?: readonly string[];
  };
  /** Cells whose stored results this run found damaged, and why; it computed them again. Absent if there were none. */
  readonly damaged?: readonly { readonly id: string; readonly why: string }[];
}

/** A run as stored in its folder: what tables, figures and the report are made from. */
export interface StoredRun {
  readonly manifest: RunManifest;
  /** The rows of all finished cells, ordered by their content alone. */
  readonly rows: readonly Row[];
  /** The pictures of all finished cells, ordered by their content; absent if there are none. */
  readonly pictures?: readonly Picture[];
  /** Notes of the cells for the report, ordered by the name of the cell. */
  readonly notes: readonly { readonly cell: string; readonly notes: readonly string[] }[];
  /** Earlier accepted runs, the oldest first; absent if the gate did not make this run. */
  readonly history?: readonly AcceptedRun[];
}
