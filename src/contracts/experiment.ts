import type { z, ZodObject, ZodType } from 'zod';
import type { Cell } from './cell.ts';
import type { FitterEntry } from './study.ts';
import type { LabelledSignals } from './voxels.ts';
import type { PreparedFitter } from './fitter.ts';

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/**
 * A question with its data, factors and statistics. One file in `experiments/`, its default export, named after
 * the file. It composes rooms and computes nothing itself.
 */
export interface Experiment<C = unknown> {
  readonly label: string;
  /** The question it answers, in a sentence. */
  readonly question: string;
  /** How it answers the question, in a few sentences that open its chapter of the report. */
  readonly method?: string;
  /** The YAML it reads, with defaults: a strict object. */
  readonly schema: ZodType<C>;
  /** The experiments that a study of several puts together, in order; absent where it is a single one. */
  sections?(config: C): readonly { readonly name: string; readonly experiment: Experiment }[];
  /** Lists the cells without doing any work, so that shards can be dealt out. */
  plan(config: C): Promise<readonly Cell[]>;
  /** How it is a section of a study of several experiments (`experiment: paper`); absent where it can't be one. */
  readonly section?: Section;
  /** Looks at the headers and tables of the data a study reads; absent where it reads none. */
  remarks?(config: C): Promise<StudyRemarks>;
  /** Writes the data it simulates for `ivim-bench simulate`; absent where it simulates none. */
  simulate?(config: C, request: SimulationRequest): Promise<readonly string[]>;
  /** The voxels it tests fitters on, for `ivim-bench compare`; absent where it has none whose truth is known. */
  testVoxels?(config: C): readonly TestVoxels[];
  /** The networks it trains, for `ivim-bench train`; absent where it trains none that can be used elsewhere. */
  networks?(config: C): Promise<readonly TrainableNetwork[]>;
}

/** An experiment as a section of a larger study, which shares its seed, protocol, fitters and statistics. */
export interface Section {
  /** Place in the study: smaller first, then by name. */
  readonly order: number;
  /** The keys of its YAML, those that are shared included. */
  readonly keys: ZodObject;
  /** Whether every study has it. */
  readonly required?: boolean;
  /** Rules between keys, given the config that the experiment would have alone. */
  readonly check?: (config: never, context: RefinementContext) => void | Promise<void>;
}

/** What zod hands to a refinement. */
type RefinementContext = z.core.$RefinementCtx;

/** What a person should know of a study's input besides that it is valid. */
export interface StudyRemarks {
  /** What is odd, and what was read otherwise than it is written. */
  readonly notes: readonly string[];
  /** Sessions, drawings and regions of a data set that are left out, and why. */
  readonly leftOut: readonly string[];
}

/** What `ivim-bench simulate` was asked for. */
export interface SimulationRequest {
  /** The config's file, for messages. */
  readonly file: string;
  readonly title: string;
  readonly out: string;
  readonly format?: 'csv' | 'npy' | 'nifti';
  /** Whether the voxels that networks are trained on are written as well. */
  readonly training: boolean;
  readonly onProgress: (done: number, message: string) => void;
}

/** Simulated voxels that fitters are tested on. */
export interface TestVoxels {
  /** Factors that their rows carry: `{ protocol, snr }`. */
  readonly factors: Readonly<Record<string, string | number>>;
  /** What decides them, as plain data: two sets of equal recipes are the same voxels. */
  readonly recipe: Json;
  simulate(): LabelledSignals;
}

/** A network that an experiment trains, with all it is trained on. */
export interface TrainableNetwork {
  readonly entry: FitterEntry;
  /** Name of the protocol it is for; '' where it serves any, or the study has one alone. */
  readonly protocol: string;
  readonly seed: number;
  train(onProgress: (done: number, message: string) => void): Promise<{
    readonly ready: PreparedFitter;
    readonly seconds: number;
  }>;
}
