import { cellOf, type Cell, type Task } from '../contracts/cell.ts';
import { idealAuc, idealRoc, shownBy } from '../images/livers/ideal-observer.ts';
import { latentModel } from '../images/livers/latent-model.ts';
import type { LiverSettings } from '../images/livers/settings.ts';
import type { Modality } from '../images/modality.ts';
import { AUC_IDEAL, IDEAL_OBSERVER } from '../measures/classification.ts';
import { plainRow } from '../measures/measured-rows.ts';
import { atRates, rocRows } from './rows.ts';

interface IdealInput {
  readonly experiment: string;
  readonly livers: LiverSettings;
  readonly modalities: readonly Modality[];
}

/** AUC and ROC curve of the ideal observer of all modalities and of each alone, in closed form. */
export const ideal: Task<IdealInput> = {
  module: import.meta.url,
  name: 'ideal',
  run({ experiment, livers, modalities }) {
    const model = latentModel(livers);
    const alone = modalities.length > 1 ? modalities.map((each) => [each]) : [];
    const rows = [modalities, ...alone].flatMap((seen) => {
      const modality = seen.length > 1 ? 'all' : seen[0];
      const about = { experiment, method: IDEAL_OBSERVER, factors: { modality } };
      const latents = shownBy(seen);
      const curve = idealRoc(model, latents, 2000);
      const sensitivities = atRates(
        curve.map(({ falsePositiveRate }) => falsePositiveRate),
        curve.map(({ truePositiveRate }) => truePositiveRate),
      );
      return [
        plainRow(about, AUC_IDEAL, idealAuc(model, latents), 0),
        ...rocRows({ ...about, factors: { modality, set: 'population' } }, sensitivities, 0),
      ];
    });
    return Promise.resolve({ rows });
  },
};

export const idealCell = (experiment: string, livers: LiverSettings, modalities: readonly Modality[]): Cell =>
  cellOf(ideal, { id: IDEAL_OBSERVER, input: { experiment, livers, modalities } });
