import { extname } from 'node:path';
import { InputError } from '../contracts/input-error.ts';

/** Kinds of input. */
export type InputKind = 'nifti' | 'csv' | 'npy';

/** Allowed endings of outputs, by kind of input: programs choose the format by a file's ending. */
const WRITTEN: Readonly<Record<Exclude<InputKind, 'nifti'>, readonly string[]>> = {
  csv: ['.csv', '.tsv'],
  npy: ['.npy'],
};

/** @throws InputError if the ending of an output does not match its content */
export function refuseEnding(kind: InputKind, out: string): void {
  if (kind === 'nifti') {
    if (!/\.(nii|nii\.gz|csv|tsv|npy)$/i.test(out)) return;
    throw new InputError(`--out ${out}: a scan's maps are several files, so give the name of a folder`);
  }
  if (WRITTEN[kind].includes(extname(out).toLowerCase())) return;
  const endings = (of: readonly string[]) => of.join(' or ');
  throw new InputError(
    `--out ${out}: what is read from a ${endings(WRITTEN[kind])} file is written to one; allowed: a name that ends in ${endings(WRITTEN[kind])}`,
  );
}
