import { InputError } from '../src/contracts/input-error.ts';
import type { Experiment } from '../src/contracts/experiment.ts';
import { volunteersSchema, type VolunteersConfig } from './volunteers/config.ts';

/** People, real or virtual, in whom readers drew regions (Barbieri 2020). So far they can be simulated, not analysed. */
const volunteers: Experiment<VolunteersConfig> = {
  label: 'Volunteers: readers, subjects and fitters',
  question: 'How well do readers agree on D, f and Dp of each fitter, and how much do people differ?',
  schema: volunteersSchema,
  async plan() {
    throw new InputError(
      'volunteers are not analysed in this version; `ivim-bench simulate` writes virtual ones',
    );
  },
  async run() {
    throw new Error('no cell of this experiment was planned');
  },
};
export default volunteers;
