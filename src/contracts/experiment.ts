import type { z, ZodObject, ZodType } from 'zod';
import type { Cell } from './cell.ts';
import type { FitterEntry } from './study.ts';
import type { LabelledSignals } from './voxels.ts';
import type { PreparedFitter } from './fitter.ts';

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/**
 * A question with its data, factors and statistics. One file in `experiments/`, its default export, named after
 * the file. It combines rooms and contains no numerics.
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
  /** Lists the cells without running any, so that they can be divided into shards. */
  plan(config: C): Promise<readonly Cell[]>;
  /** How the experiment acts as a section of a study of several (`experiment: paper`); absent if it can't be one. */
  readonly section?: Section;
  /** Inspects the headers and tables of the data a study reads; absent if it reads none. */
  remarks?(config: C): Promise<StudyRemarks>;
  /** Writes simulated data for `ivim-bench simulate`; absent if the experiment simulates none. */
  simulate?(config: C, request: SimulationRequest): Promise<readonly string[]>;
  /** The voxels fitters are tested on, for `ivim-bench compare`; absent if there are none with known truth. */
  testVoxels?(config: C): readonly TestVoxels[];
  /** The networks the experiment trains, for `ivim-bench train`; absent if none can be used elsewhere. */
  networks?(config: C): Promise<readonly TrainableNetwork[]>;
}

/** An experiment as a section of a larger study, which shares its seed, protocol, fitters and statistics. */
export interface Section {
  /** Place in the study: smaller first, then by name. */
  readonly order: number;
  /** The keys of its YAML, shared ones included. */
  readonly keys: ZodObject;
  /** Whether every study includes it. */
  readonly required?: boolean;
  /** Rules that span several keys, checked on the config that the experiment would have on its own. */
  readonly check?: (config: never, context: RefinementContext) => void | Promise<void>;
}

type RefinementContext = z.core.$RefinementCtx;

/** What a user should know about a study's input even if it is valid. */
export interface StudyRemarks {
  /** Anything unusual, and anything that was not read literally. */
  readonly notes: readonly string[];
  /** Sessions, drawings and regions of a data set that are left out, and why. */
  readonly leftOut: readonly string[];
}

/** The request of `ivim-bench simulate`. */
export interface SimulationRequest {
  /** The config's file, for messages. */
  readonly file: string;
  readonly title: string;
  readonly out: string;
  readonly format?: 'csv' | 'npy' | 'nifti';
  /** Whether to write the training voxels too. */
  readonly training: boolean;
  readonly onProgress: (done: number, message: string) => void;
}

/** Simulated voxels that fitters are tested on. */
export interface TestVoxels {
  /** Factors of their rows: `{ protocol, snr }`. */
  readonly factors: Readonly<Record<string, string | number>>;
  /** Everything that decides the voxels, as plain data: two sets with equal recipes hold the same voxels. */
  readonly recipe: Json;
  simulate(): LabelledSignals;
}

/** A network that an experiment trains, with its training data. */
export interface TrainableNetwork {
  readonly entry: FitterEntry;
  /** Name of the protocol the network is for; '' if it serves any protocol, or the study has only one. */
  readonly protocol: string;
  readonly seed: number;
  train(onProgress: (done: number, message: string) => void): Promise<{
    readonly ready: PreparedFitter;
    readonly seconds: number;
  }>;
}
