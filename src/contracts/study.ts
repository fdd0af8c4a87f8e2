import type { Json } from './experiment.ts';

/** One line of a config's `fitters` or `models`, complete: every default filled in, the module found. Plain data. */
export interface PluginEntry {
  /** Unique within a run; the `method` column of every row. */
  readonly name: string;
  /** What YAML said: the name of a file in `src/fitters/` or `src/models/`, or a path. */
  readonly use: string;
  /** `file:` URL of the module. Differs between machines, so it decides no key; the hash of the code does. */
  readonly module: string;
  /** As the plug-in's own schema leaves them. */
  readonly settings: Json;
  /** Which of several it is that differ in their seed alone, and what they are called together; absent where it is the only one. */
  readonly repeat?: { readonly of: string; readonly number: number };
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

/** A config, validated and complete: what a run carries out. Plain data: it travels to workers. */
export interface Study {
  readonly title: string;
  /** Path of the YAML file, for messages. */
  readonly file: string;
  /** Name of the experiment: that of its file. */
  readonly experiment: string;
  /** `file:` URL of the experiment's module. */
  readonly module: string;
  /** Tables and figures of the user's that the report shows besides those of the program; absent: none. */
  readonly views?: OwnViews;
  /** What the experiment's schema makes of the YAML: the `C` of `Experiment<C>`. Its `fitters` are `FitterEntry[]`. */
  readonly config: { readonly seed: number; readonly fitters?: readonly FitterEntry[] };
}
