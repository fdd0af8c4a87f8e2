import { open, stat } from 'node:fs/promises';
import { InputError } from '../contracts/input-error.ts';
import { filesBelow } from '../files/files-below.ts';
import { readInput } from '../files/read-input.ts';
import { reason } from '../files/reason.ts';
import { counted } from '../wording/counted.ts';
import { LARGEST_DICOM, type DicomFile } from './convert-dicom.ts';
import { DICOM_HEAD, isDicom } from './is-dicom.ts';

/**
 * Reads DICOM files, and those in folders and in folders below, whatever their names. Links in folders are not followed.
 * @throws InputError if one can't be read, or none is DICOM
 */
export async function readDicom(paths: readonly string[]): Promise<readonly DicomFile[]> {
  const found: DicomFile[] = [];
  const others: string[] = [];
  let size = 0;
  for (const path of paths) {
    for (const file of (await stat(path)).isDirectory() ? await filesBelow(path) : [path]) {
      if (!(await isDicomFile(file))) {
        others.push(file);
        continue;
      }
      const bytes = await readInput(file, LARGEST_DICOM);
      found.push({ name: file, bytes });
      size += bytes.length;
      // More than can be converted, which `convertDicom` says.
      if (size > LARGEST_DICOM) return found;
    }
  }
  if (found.length > 0) return found;
  const image = others.find((file) => /\.nii(\.gz)?$/i.test(file));
  const rest = others.length === 0 ? 'it is empty' : `none of its ${counted(others.length, 'file')} is DICOM`;
  throw new InputError(
    `${paths.join(', ')}: a folder is read as DICOM, but ${rest}${image === undefined ? '' : `; name the image: ${image}`}`,
  );
}

/** Whether the contents of a file are DICOM. @throws InputError if it can't be read */
export async function isDicomFile(file: string): Promise<boolean> {
  const handle = await open(file).catch((error: unknown) => {
    throw new InputError(`cannot read ${file}: ${reason(error)}`, { cause: error });
  });
  try {
    const head = new Uint8Array(DICOM_HEAD);
    const { bytesRead } = await handle.read(head, 0, DICOM_HEAD, 0);
    return isDicom(head.subarray(0, bytesRead));
  } finally {
    await handle.close();
  }
}
