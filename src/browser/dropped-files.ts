import { InputError } from '../contracts/input-error.ts';
import { readNifti, type NiftiImage } from '../data/nifti-read.ts';
import { oneOrMore } from '../wording/counted.ts';

/** What dropped files are, by their names and contents. */
export interface DroppedFiles {
  /** One series, or the volumes of one in the order of their names. */
  readonly signals: readonly string[];
  readonly bval?: string;
  readonly mask?: string;
  readonly labels?: string;
  /** Names of regions by their numbers. */
  readonly labelNames?: string;
  /** Files that a fit does not need, such as directions and sidecars. */
  readonly ignored: readonly string[];
}

const IMAGE = /\.nii(\.gz)?$/i;
const UNUSED = /\.(bvec|json|txt|md)$|(^|\/)(LICENSE|\.)[^/]*$/i;
/** A mask has two values. */
const MASK_VALUES = 2;
/** A label image has whole numbers, and not more regions than this. */
const MOST_LABELS = 1024;

/**
 * Finds out what files in memory are: an image of several volumes is the series; one volume of whole numbers is a mask, or
 * labels if it has more than two values; several others are volumes of one series.
 * @throws InputError if a file is none of these, or an image can't be read
 */
export async function sortFiles(names: readonly string[]): Promise<DroppedFiles> {
  const images = names.filter((name) => IMAGE.test(name)).sort();
  const bvals = names.filter((name) => /\.bvals?$/i.test(name));
  const tables = names.filter((name) => /\.tsv$/i.test(name));
  const ignored = names.filter((name) => UNUSED.test(name));
  const strange = names.filter(
    (name) => ![images, bvals, tables, ignored].some((list) => list.includes(name)),
  );
  if (strange.length > 0) {
    throw new InputError(
      `${strange.join(', ')}: ${oneOrMore(strange.length, 'this is', 'these are')} not part of a scan; drop a .nii or .nii.gz image with its .bval file`,
    );
  }
  const series: string[] = [];
  const volumes: string[] = [];
  let mask: string | undefined;
  let labels: string | undefined;
  for (const name of images) {
    const image = await readNifti(name);
    const values = image.header.volumes > 1 ? 0 : wholeValues(image);
    if (image.header.volumes > 1) series.push(name);
    else if (values === 0) volumes.push(name);
    else if (values <= MASK_VALUES) mask = name;
    else labels = name;
  }
  if (series.length > 1) {
    throw new InputError(`${series.join(' and ')} are two series; drop one at a time`);
  }
  if (bvals.length > 1) throw new InputError(`${bvals.join(' and ')}: drop one .bval file`);
  return {
    signals: series.length > 0 ? series : volumes,
    ...(bvals.length > 0 ? { bval: bvals[0] } : {}),
    ...(mask ? { mask } : {}),
    ...(labels ? { labels } : {}),
    ...(tables.length > 0 ? { labelNames: tables[0] } : {}),
    ignored,
  };
}

/** Returns how many different numbers an image holds; 0 if they are not whole or too many. */
function wholeValues({ data, header: { slope, intercept } }: NiftiImage): number {
  const found = new Set<number>();
  for (let i = 0; i < data.length; i++) {
    const value = slope * data[i] + intercept;
    if (value < 0 || !Number.isInteger(value)) return 0;
    found.add(value);
    if (found.size > MOST_LABELS) return 0;
  }
  return found.size;
}
