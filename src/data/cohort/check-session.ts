import { InputError } from '../../contracts/input-error.ts';
import { counted } from '../../wording/counted.ts';
import { checkBvalCount, readBval } from '../bval.ts';
import type { NiftiHeader } from '../nifti-header.ts';
import { bValueNotes } from '../b-value-notes.ts';
import { turnTo, type Turn } from '../reorder.ts';
import { scalingStep } from '../scaling-step.ts';
import { measuredProtocol } from '../measured-protocol.ts';
import type { CohortSession, Drawing, RegionMap, SessionFiles, Shortcoming } from './cohort.ts';
import { affineFault, gridDifference } from './grid.ts';
import { niftiHeaderOf } from './nifti-header-of.ts';
import { noting } from './shortcoming.ts';

/**
 * Checks the headers of a session's images and regions, and its b-values, for consistency.
 * @param missing receives the faults of single drawings, which are skipped
 * @throws InputError if the session as a whole can't be used
 */
export async function checkSession(
  files: SessionFiles,
  gridTolerance: number,
  missing: Shortcoming[],
): Promise<CohortSession> {
  const headers: NiftiHeader[] = [];
  for (const image of files.images) headers.push(await placed(image));
  const [{ shape, affine }] = headers;
  headers.forEach((header, i) => {
    const difference = gridDifference(header, headers[0], gridTolerance);
    if (difference === undefined) return;
    throw new InputError(`${files.images[i]} has another grid than ${files.images[0]}: ${difference}`);
  });
  const measured = await bValuesOf(files, headers);
  const protocol = measuredProtocol(measured, false, files.bvals[0], Math.max(...headers.map(scalingStep)));
  const notes = [...protocol.notes, ...bValueNotes(protocol, false)];
  const drawings: Drawing[] = [];
  for (const { reader, maps } of files.drawings) {
    const usable: RegionMap[] = [];
    for (const map of maps) {
      const details = { reader, file: map.file };
      const image = { file: files.images[0], header: headers[0] };
      const turn = await noting(missing, files, 'drawing', details, () =>
        turnOfRegions(map.file, image, gridTolerance),
      );
      if (turn === undefined) continue;
      usable.push(turn === 'same' ? map : { ...map, turn });
    }
    if (usable.some((map) => map.turn)) {
      notes.push(
        `the axes of the regions by ${reader} run otherwise than those of the image; they are reordered`,
      );
    }
    if (usable.length > 0) drawings.push({ reader, maps: usable });
  }
  return { ...files, drawings, protocol, notes, bValues: protocol.bValues, shape, affine };
}

async function placed(file: string): Promise<NiftiHeader> {
  const header = await niftiHeaderOf(file);
  const fault = affineFault(header.affine);
  if (fault !== undefined) throw new InputError(`${file}: ${fault}`);
  return header;
}

/** Returns how regions lie on the grid of an image: the same, or with other axes. */
async function turnOfRegions(
  file: string,
  image: { readonly file: string; readonly header: NiftiHeader },
  tolerance: number,
): Promise<Turn | 'same'> {
  const header = await placed(file);
  if (header.volumes !== 1) {
    throw new InputError(`${file} has ${counted(header.volumes, 'volume')}; regions are drawn in one`);
  }
  const difference = gridDifference(header, image.header, tolerance);
  if (difference === undefined) return 'same';
  const turn = turnTo(header, image.header, tolerance);
  if (turn !== undefined) return turn;
  throw new InputError(
    `${file} has another grid than ${image.file}: ${difference}; regions are not resampled here`,
  );
}

/** Returns the b-value of every volume: each image has its own file, or one file serves all. */
async function bValuesOf(
  { images, bvals }: SessionFiles,
  headers: readonly NiftiHeader[],
): Promise<Float64Array> {
  const volumes = headers.reduce((sum, header) => sum + header.volumes, 0);
  if (bvals.length === 1) {
    const values = await readBval(bvals[0]);
    const what = images.length === 1 ? `${images[0]} has` : `the ${images.length} images have`;
    checkBvalCount(values, bvals[0], volumes, `${what} ${counted(volumes, 'volume')}`);
    return values;
  }
  const all = new Float64Array(volumes);
  let at = 0;
  for (const [i, bval] of bvals.entries()) {
    const values = await readBval(bval);
    const count = headers[i].volumes;
    checkBvalCount(values, bval, count, `${images[i]} has ${counted(count, 'volume')}`);
    all.set(values, at);
    at += values.length;
  }
  return all;
}
