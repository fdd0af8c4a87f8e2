import type { Cell } from '../src/contracts/cell.ts';
import type { Experiment, StudyRemarks } from '../src/contracts/experiment.ts';
import { paperSchema, partConfig, partsOf, type PaperConfig } from './paper/config.ts';

/**
 * Several experiments of a paper in one run and one report. Their cells are identical to those of the single experiments,
 * including their keys.
 */
const paper: Experiment<PaperConfig> = {
  label: 'The whole paper: phantom, network and volunteers',
  question: 'What do all experiments of Barbieri 2020 find in one run?',
  schema: paperSchema,
  sections: partsOf,
  async remarks(config) {
    const known: StudyRemarks[] = [];
    for (const part of partsOf(config)) {
      const remarks = await part.experiment.remarks?.(partConfig(config, part));
      if (remarks) known.push(remarks);
    }
    return { notes: known.flatMap(({ notes }) => notes), leftOut: known.flatMap(({ leftOut }) => leftOut) };
  },
  async plan(config) {
    const planned: Cell[] = [];
    for (const part of partsOf(config)) {
      const own = partConfig(config, part);
      // `--only` may have left this experiment without a fitter.
      if (own.fitters.length === 0) continue;
      const named = (id: string) => `${part.name}: ${id}`;
      for (const { id, needs, ...cell } of await part.experiment.plan(own)) {
        const ownNeeds = Object.entries(needs).map(([name, needed]): [string, string] => [
          name,
          named(needed),
        ]);
        planned.push({ ...cell, id: named(id), needs: Object.fromEntries(ownNeeds) });
      }
    }
    return planned;
  },
};
export default paper;
