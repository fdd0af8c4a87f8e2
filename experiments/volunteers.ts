import type { Experiment, SimulationRequest } from '../src/contracts/experiment.ts';
import { InputError } from '../src/contracts/input-error.ts';
import { writeVolunteers } from '../src/data/volunteers/write-volunteers.ts';
import {
  checkVolunteers,
  VolunteersKeys,
  volunteersSchema,
  type VolunteersConfig,
} from './volunteers/config.ts';
import { simulationSettings } from './volunteers/data-set.ts';
import { planVolunteers } from './volunteers/plan.ts';
import { remarksOf } from './volunteers/remarks.ts';

/**
 * People, real or virtual, with regions drawn by readers: how well do readers agree, and how much do people differ (Barbieri
 * 2020)?
 */
const volunteers: Experiment<VolunteersConfig> = {
  label: 'Volunteers: readers, subjects and fitters',
  question: 'How well do readers agree on the D, f and Dp of each fitter, and how much do people differ?',
  method:
    'Every voxel inside the regions that the readers drew is fitted, and the estimates are averaged per region. Agreement between ' +
    'readers is the intraclass correlation ICC(2,1) of these means over all regions of all people; variation between people is their ' +
    'coefficient of variation. For virtual people the true means of the same voxels are known.',
  schema: volunteersSchema,
  section: { order: 70, keys: VolunteersKeys, required: true, check: checkVolunteers },
  plan: planVolunteers,
  remarks: remarksOf,
  simulate: writeDataSet,
};
export default volunteers;

/**
 * Writes the virtual volunteers of a study as a BIDS data set.
 * @throws InputError if the study reads people from disk, or another format is requested
 */
function writeDataSet(config: VolunteersConfig, request: SimulationRequest): Promise<readonly string[]> {
  const { file, title, out, format = 'nifti', training, onProgress } = request;
  const settings = simulationSettings(config);
  if (!settings) {
    throw new InputError(
      `${file}: experiment volunteers simulates nothing here: its data are read from disk`,
    );
  }
  if (format !== 'nifti') {
    throw new InputError(`--format ${format}: volunteers are written as a BIDS data set; allowed: nifti`);
  }
  if (training) throw new InputError(`--training: ${file} describes no voxels to train on`);
  return writeVolunteers(out, settings, { title, onProgress });
}
