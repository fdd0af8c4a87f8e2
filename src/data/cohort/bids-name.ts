import { basename } from 'node:path';

/** The parts of a BIDS file name: `sub-01_ses-3T_desc-reader1_dseg.nii.gz`. */
export interface BidsName {
  readonly file: string;
  /** By key, in the order of the name: sub, ses, desc, … */
  readonly entities: ReadonlyMap<string, string>;
  /** `dwi`, `dseg`, `mask`, … */
  readonly suffix: string;
  /** Includes the dot: `.nii.gz`. */
  readonly extension: string;
}

/** Parses the last part of a path; undefined if it does not follow the BIDS naming scheme. */
export function bidsName(file: string): BidsName | undefined {
  const match = /^((?:[a-zA-Z]+-[^_.]+_)*)([a-zA-Z0-9]+)(\.[a-zA-Z.]+)$/.exec(basename(file));
  if (!match) return undefined;
  const pairs = match[1].split('_').filter((part) => part !== '');
  const entities = pairs.map((pair): [string, string] => {
    const dash = pair.indexOf('-');
    return [pair.slice(0, dash), pair.slice(dash + 1)];
  });
  return { file, entities: new Map(entities), suffix: match[2], extension: match[3] };
}

export const isNifti = ({ extension }: BidsName): boolean => extension === '.nii.gz' || extension === '.nii';
