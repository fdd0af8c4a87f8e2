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

/** `run.json`: one config carried out, and everything one needs to carry it out again. */
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
  /** The complete config, defaults filled in. */
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
  /** Digest of what exp, log and the like give here: where it is the same, the same code gives the same bits. */
  readonly arithmetic?: string;
  readonly workers: number;
  /** What networks ran on and why; absent where no network ran. */
  readonly engine?: { readonly name: string; readonly reason: string };
  readonly seeds: Readonly<Record<string, number>>;
  /** ISO 8601. */
  readonly started: string;
  /** ISO 8601; null while the run goes on, and for good where its process was killed. */
  readonly ended: string | null;
  readonly cells: {
    readonly planned: number;
    readonly done: number;
    readonly failed: readonly { readonly id: string; readonly message: string }[];
    /** Cells that were done and whose stored results can't be read any more; absent where there are none. Not among `done`. */
    readonly lost?: readonly string[];
  };
}

/** A run as it lies in its folder: what tables, figures and report are made from. */
export interface StoredRun {
  readonly manifest: RunManifest;
  /** The rows of all finished cells, ordered by what they say alone: fitters in any order give the same list. */
  readonly rows: readonly Row[];
  /** The pictures of all finished cells, ordered by what they say; absent where there are none. */
  readonly pictures?: readonly Picture[];
  /** What cells thought worth a line in the report, ordered by the name of the cell. */
  readonly notes: readonly { readonly cell: string; readonly notes: readonly string[] }[];
  /** Runs whose figures were accepted before, the earliest first; absent where the gate did not make this one. */
  readonly history?: readonly AcceptedRun[];
}
