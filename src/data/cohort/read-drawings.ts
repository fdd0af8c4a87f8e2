import { counted, oneOrMore } from '../../wording/counted.ts';
import { shortNumber } from '../../wording/short-number.ts';
import { readNifti, type NiftiImage } from '../nifti-read.ts';
import { reordered } from '../reorder.ts';
import type { CohortSession, RegionMap, Shortcoming } from './cohort.ts';
import { noting, shortcoming } from './shortcoming.ts';

/** One region drawn by one reader. */
export interface DrawnRegion {
  readonly reader: string;
  readonly region: string;
  /** Its voxels in the image, ascending: x + nx (y + ny z). */
  readonly voxels: Uint32Array;
}

/** Reads the drawings of every reader, in the order of `regions`; regions without voxels are added to `missing`. */
export async function readDrawings(
  session: CohortSession,
  regions: readonly string[],
  missing: Shortcoming[],
  notes: string[],
): Promise<DrawnRegion[]> {
  const drawn: DrawnRegion[] = [];
  for (const { reader, maps } of session.drawings) {
    const found = new Map<string, Set<number>>();
    for (const map of maps) {
      const details = { reader, file: map.file };
      const image = await noting(missing, session, 'drawing', details, () => readNifti(map.file));
      if (image) collect(image, map, found, (note) => notes.push(`${session.name} ${reader}: ${note}`));
    }
    for (const region of regions) {
      const voxels = found.get(region);
      if (!voxels) continue;
      if (voxels.size > 0) {
        drawn.push({ reader, region, voxels: Uint32Array.from(voxels).sort() });
        continue;
      }
      const { file } = maps.find((map) => namesOf(map).includes(region))!;
      const what = `${region} is not drawn (${file} has no voxel of it)`;
      missing.push(shortcoming(session, 'region', what, { reader, region, file }));
    }
  }
  return drawn;
}

const namesOf = ({ regions }: RegionMap): string[] =>
  typeof regions === 'string' ? [regions] : [...regions.values()];

/** Returns the integer nearest to a value: scaled labels may be slightly off after reading. */
function wholeLabel(value: number): number {
  const whole = Math.round(value);
  return Math.abs(value - whole) <= ROUNDING ? whole : value;
}

/** Largest accepted deviation of a label from an integer. */
const ROUNDING = 0.02;

/** Adds a map's voxels to their regions. Numbers without a name are reported and belong to no region. */
function collect(
  image: NiftiImage,
  { file, regions, turn }: RegionMap,
  found: Map<string, Set<number>>,
  note: (text: string) => void,
): void {
  const { slope, intercept } = image.header;
  const data = turn ? reordered(image, turn) : image.data;
  for (const name of typeof regions === 'string' ? [regions] : regions.values()) {
    if (!found.has(name)) found.set(name, new Set());
  }
  const unknown = new Map<number, number>();
  for (let i = 0; i < data.length; i++) {
    const value = wholeLabel(slope * data[i] + intercept);
    if (value === 0 || Number.isNaN(value)) continue;
    const region = typeof regions === 'string' ? regions : regions.get(value);
    if (region === undefined) unknown.set(value, (unknown.get(value) ?? 0) + 1);
    else found.get(region)!.add(i);
  }
  for (const [value, count] of unknown) {
    note(
      `${file}: ${counted(count, 'voxel has', 'voxels have')} the number ${shortNumber(value)}, which has no name; ${oneOrMore(count, 'it belongs', 'they belong')} to no region`,
    );
  }
}
