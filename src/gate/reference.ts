import type { Json } from '../contracts/experiment.ts';
import type { RunManifest } from '../contracts/stored-run.ts';
import type { GatedValue } from './gated-value.ts';
import type { RelativeTime } from './relative-times.ts';
import type { Trainings } from './trainings-of-run.ts';

/** Accepted values and their origin: the content of `results/reference/NAME.json`. */
export interface Reference {
  /** Increased when the format of the file changes. */
  readonly format: 1;
  readonly name: string;
  /** ISO 8601. */
  readonly accepted: string;
  readonly versions: RunManifest['versions'];
  readonly git: RunManifest['git'];
  /** Operating system and processor family: `linux x64`. */
  readonly platform: string;
  /** Digest of the elementary functions where they were computed; null if the run did not record it, or values differ in it. */
  readonly arithmetic: string | null;
  /** Fitter to engine. */
  readonly engines: Readonly<Record<string, string>>;
  /** The seeds of the run, by their path in the config. */
  readonly seeds: RunManifest['seeds'];
  readonly experiment: string;
  readonly configHash: string;
  /** Complete, except that repeats are reduced to their number. */
  readonly config: Json;
  readonly trainings: Trainings;
  readonly values: readonly GatedValue[];
  readonly times: readonly RelativeTime[];
  /** Origin of values that were kept when others were accepted again, by fitter; absent if all are of this run. */
  readonly kept?: Readonly<Record<string, Pick<Reference, 'accepted' | 'git'>>>;
}
