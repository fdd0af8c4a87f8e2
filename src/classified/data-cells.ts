import type { Task } from '../contracts/cell.ts';
import type { LiverSettings } from '../images/livers/settings.ts';
import { LiverSimulator } from '../images/livers/simulate.ts';
import type { Modality } from '../images/modality.ts';
import { normalise } from '../images/normalise.ts';
import { CasePacker, encodeCases } from './packed-cases.ts';

export interface PopulationInput {
  readonly livers: LiverSettings;
  readonly modalities: readonly Modality[];
  readonly cases: number;
  /** Number of the first case; those of different ranges of numbers are independent. */
  readonly from: number;
}

/** Virtual cases in memory, normalised as those on disk are. */
export const population: Task<PopulationInput> = {
  module: import.meta.url,
  name: 'population',
  run({ livers, modalities, cases, from }, context) {
    const simulator = new LiverSimulator(livers);
    const [x, y, z] = livers.image.shape;
    const packer = new CasePacker(modalities, [z, y, x], cases);
    for (let i = 0; i < cases; i++) {
      const { volumes, stage } = simulator.simulate(from + i);
      const name = `virtual-${from + i}`;
      for (const modality of modalities) normalise(volumes[modality].values, modality, `${name}, ${modality}`);
      packer.add(name, stage, modalities.map((modality) => volumes[modality].values));
      context.onProgress(i / cases, `case ${i + 1} of ${cases}`);
    }
    return Promise.resolve({ rows: [], files: encodeCases(packer.finish()), facts: { seed: livers.seed } });
  },
};
