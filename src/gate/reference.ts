import type { Json } from '../contracts/experiment.ts';
import type { RunManifest } from '../contracts/stored-run.ts';
import type { GatedValue } from './gated-value.ts';
import type { RelativeTime } from './relative-times.ts';
import type { Trainings } from './trainings-of-run.ts';

/** Figures that were accepted, and where they come from: what `results/reference/NAME.json` holds. */
export interface Reference {
  /** Raised when the file changes its form. */
  readonly format: 1;
  readonly name: string;
  /** ISO 8601. */
  readonly accepted: string;
  readonly versions: RunManifest['versions'];
  readonly git: RunManifest['git'];
  /** Operating system and processor family: `linux x64`. */
  readonly platform: string;
  /** Digest of what exp, log and the like give where they were computed; null where the run did not say, or figures differ in it. */
  readonly arithmetic: string | null;
  /** Fitter to what computed it. */
  readonly engines: Readonly<Record<string, string>>;
  /** The seeds of the run, by what they are for. */
  readonly seeds: RunManifest['seeds'];
  readonly experiment: string;
  readonly configHash: string;
  /** Complete; of repeats only how many there were. */
  readonly config: Json;
  readonly trainings: Trainings;
  readonly figures: readonly GatedValue[];
  readonly times: readonly RelativeTime[];
  /** Where figures come from that were kept when others were accepted anew, by fitter; absent where all are of this run. */
  readonly kept?: Readonly<Record<string, Pick<Reference, 'accepted' | 'git'>>>;
}
