import type { SimulationRequest, StudyRemarks } from '../contracts/experiment.ts';
import { InputError } from '../contracts/input-error.ts';
import { writeCases } from '../images/livers/write-cases.ts';
import { listCases } from '../images/read-cases.ts';
import { counted } from '../wording/counted.ts';
import type { ClassifiedConfig } from './config.ts';
import { CASE_NUMBERS, virtualLivers } from './plan-cases.ts';

/** Cases of a folder that are left out, and why: at most this many are named on one line. */
const NAMED = 5;

/** Lists the cases of a data set on disk that lack an image. */
export async function remarksOfCases({ data, modalities }: ClassifiedConfig): Promise<StudyRemarks> {
  if (data.folder === undefined) return { notes: [], leftOut: [] };
  const { cases, leftOut } = await listCases(data.folder, data.column, modalities);
  if (leftOut.length === 0) return { notes: [], leftOut: [] };
  const named = leftOut.slice(0, NAMED).join('; ');
  const more = leftOut.length > NAMED ? `; and ${leftOut.length - NAMED} more, see the report` : '';
  const all = counted(cases.length + leftOut.length, 'case');
  return { notes: [], leftOut: [`${leftOut.length} of ${all} left out: ${named}${more}`] };
}

/**
 * Writes the virtual cases of a study as a BIDS data set.
 * @throws InputError where the study reads cases from a folder, or another format or training voxels are requested
 */
export function writeVirtualCases(
  config: ClassifiedConfig,
  { file, title, out, format = 'nifti', training, onProgress }: SimulationRequest,
): Promise<readonly string[]> {
  const { data, modalities } = config;
  const virtual = virtualLivers(config);
  if (virtual === undefined) {
    throw new InputError(`${file}: nothing is simulated here: the cases are read from ${data.folder}`);
  }
  if (format !== 'nifti') {
    throw new InputError(`--format ${format}: cases are written as a BIDS data set; allowed: nifti`);
  }
  if (training) throw new InputError(`--training: ${file} describes no voxels to train on`);
  const { livers, cases } = virtual;
  return writeCases(out, livers, { cases, from: CASE_NUMBERS.study, modalities, title, onProgress });
}
