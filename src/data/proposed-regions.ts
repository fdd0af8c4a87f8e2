import type { Json } from '../contracts/experiment.ts';
import type { FoundRegions } from './read-regions.ts';
import type { NiftiRows } from './nifti-rows.ts';

/** Names of the files of proposed regions. They are not removed by a later fit, since people correct them. */
export const PROPOSED_IMAGE = 'regions.nii.gz';
export const PROPOSED_TABLE = 'regions.tsv';

/** Regions that a network has marked in a scan, and what is written of them. */
export interface ProposedRegions extends FoundRegions {
  /** What the network is and was trained on. */
  readonly proposedBy: string;
  readonly facts: Json;
  /** The label map, as a file. */
  readonly image: Uint8Array;
  /** Names of its numbers. */
  readonly table: string;
}

/** Marks the regions of an open scan. @throws InputError where it can't */
export type ProposeRegions = (scan: NiftiRows) => Promise<ProposedRegions>;
