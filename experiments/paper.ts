import type { Cell, Experiment, Json, RunContext } from '../src/contracts/experiment.ts';
import depth from './depth.ts';
import { paperSchema, partConfig, partsOf, type PaperConfig, type Part } from './paper/config.ts';
import parameterRange from './parameter-range.ts';
import perSnr from './per-snr.ts';
import phantom from './phantom.ts';
import stability from './stability.ts';
import trainingSize from './training-size.ts';
import volunteers from './volunteers.ts';

const experiments: Readonly<Record<Part, Experiment>> = {
  phantom,
  depth,
  'training-size': trainingSize,
  'per-snr': perSnr,
  'parameter-range': parameterRange,
  stability,
  volunteers,
};

/** The experiments of a paper in one run and one report. Their cells are those they have alone, keys included. */
const paper: Experiment<PaperConfig> = {
  label: 'The whole paper: phantom, network and volunteers',
  question: 'What do all experiments of Barbieri 2020 say in one run?',
  schema: paperSchema,
  async plan(config, context) {
    const planned: Cell[] = [];
    for (const part of partsOf(config)) {
      const own = partConfig(config, part);
      // `--only` may have left this one without a fitter.
      if (own.fitters.length === 0) continue;
      for (const cell of await experiments[part].plan(own, context)) {
        const input: Json = { part, input: cell.input };
        const needs = cell.needs.map((id) => nameIn(part, id));
        planned.push({ ...cell, id: nameIn(part, cell.id), input, needs });
      }
    }
    return planned;
  },
  run(cell, config, context) {
    const { part, input } = cell.input as { part: Part; input: Json };
    const start = nameIn(part, '').length;
    const own = { ...cell, id: cell.id.slice(start), input, needs: cell.needs.map((id) => id.slice(start)) };
    return experiments[part].run(own, partConfig(config, part), contextIn(part, context));
  },
};
export default paper;

const nameIn = (part: Part, id: string): string => `${part}: ${id}`;

/** What a cell may ask, by the names that cells have within their experiment. */
const contextIn = (part: Part, context: RunContext): RunContext => ({
  ...context,
  read: (id, file) => context.read(nameIn(part, id), file),
  files: (id) => context.files(nameIn(part, id)),
  folderOf: (id) => context.folderOf(nameIn(part, id)),
});
