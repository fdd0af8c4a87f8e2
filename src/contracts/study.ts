import type { Json } from './experiment.ts';

/** One of several combinations of settings of a fitter. */
export interface Variant {
  /** The name of all of them. */
  readonly of: string;
  /** Names of its values by setting, and whether S0 is `fitted` or `known`. */
  readonly factors: Readonly<Record<string, string>>;
}

/** One line of a config's `fitters` or `models`, completed: defaults filled in, the module located. Plain data. */
export interface PluginEntry {
  /** Unique within a run; the `method` column of every row. */
  readonly name: string;
  /** The name in YAML: of a file in `src/fitters/` or `src/models/`, or a path. */
  readonly use: string;
  /** `file:` URL of the module. It differs between machines, so it is no part of a key; the hash of the code is. */
  readonly module: string;
  /** As parsed by the plug-in's own schema. */
  readonly settings: Json;
  /** Position in a series of fitters that differ only in their seed, and the name of the series; absent for a single fitter. */
  readonly repeat?: { readonly of: string; readonly number: number };
  /** Where the config varies settings of a fitter: which combination this is. */
  readonly variant?: Variant;
}

export interface FitterEntry extends PluginEntry {
  /** The command of a fitter that is a program of its own: it is started only where the user allows it. */
  readonly external?: readonly string[];
}

/** `file:` URLs of modules. */
export interface OwnViews {
  readonly tables: readonly string[];
  readonly figures: readonly string[];
}

/** A validated, complete config: the input of a run. Plain data, so that it can be sent to workers. */
export interface Study {
  readonly title: string;
  /** Path of the YAML file, for messages. */
  readonly file: string;
  /** Name of the experiment, which is that of its file. */
  readonly experiment: string;
  /** `file:` URL of the experiment's module. */
  readonly module: string;
  /** The user's own tables and figures, shown in the report after those of the program; absent: none. */
  readonly views?: OwnViews;
  /** Absolute paths in `config`, such as the folder of a data set: the same study has others on another machine. Absent: none. */
  readonly places?: readonly string[];
  /** The result of the experiment's schema: the `C` of `Experiment<C>`. Its `fitters` are `FitterEntry[]`. */
  readonly config: { readonly seed: number; readonly fitters?: readonly FitterEntry[] };
}
