import { cellOf, type Cell } from '../contracts/cell.ts';
import { plannedEngine } from '../learning/planned-engine.ts';
import { shuffled } from '../learning/splits.ts';
import { STARTS } from '../measures/segmentation-transfer.ts';
import { QuickRandom } from '../random/quick-random.ts';
import { deriveSeed } from '../random/seed.ts';
import { PEOPLE, simulatePeople } from './data-cells.ts';
import { START, trainSegmentation } from './train-cell.ts';
import type { SegmentationTransferConfig } from './transfer-config.ts';
import { summariseTransfer, trainingNeed, type Transferred } from './transfer-summary.ts';
import { numberedNames, scannedAs, simulatedPeople } from './virtual-people.ts';

const SOURCE = 'train source';

/** Who is in which set, by name. Nobody is in two of `source`, `validation`, `pool` and `test`. */
export function transferSets({ from, to }: Pick<SegmentationTransferConfig, 'from' | 'to'>) {
  return {
    source: numberedNames('source', from.people),
    validation: numberedNames('validation', from.validation),
    pool: numberedNames('other', Math.max(...to.sizes, ...to.fineTuned)),
    test: numberedNames('test', to.test),
  };
}

/** Trainings at the other field, from the fewest people on: smaller sets are part of the larger ones of the same draw. */
export function transferTrainings({
  seed,
  from,
  to,
}: Pick<SegmentationTransferConfig, 'seed' | 'from' | 'to'>) {
  const { pool } = transferSets({ from, to });
  const fromScratch = [...new Set([...to.sizes, ...to.fineTuned])].sort((a, b) => a - b);
  return Array.from({ length: to.draws }, (_, draw) => {
    const order = shuffled(pool, new QuickRandom(deriveSeed(seed, 'draw', draw + 1)));
    return [
      ...fromScratch.map((people) => ({ start: STARTS.fromScratch, people })),
      ...to.fineTuned.map((people) => ({ start: STARTS.fineTuned, people })),
    ].map((each) => ({ ...each, draw: draw + 1, training: order.slice(0, each.people) }));
  }).flat();
}

/** The people at both fields; the network at the first; every training at the other; the summary. */
export function planSegmentationTransfer(experiment: string, config: SegmentationTransferConfig): Cell[] {
  const { seed, data, from, to, inputs, training, model } = config;
  const sets = transferSets(config);
  const { virtual } = data;
  const atFirst = [...sets.source, ...sets.validation];
  const names = [...atFirst, ...sets.pool, ...sets.test];
  const engine = plannedEngine(config.engine);
  const slices = virtual.image.shape[2];
  const epochsOf = (steps: number, people: number) =>
    Math.max(1, Math.round(steps / Math.ceil((people * slices) / training.batch)));
  const about = { experiment, method: model!.name };
  const shared = {
    ...{ shown: '', fold: 1, engine, model: model!, test: sets.test, volumes: false, shuffle: false },
    inputs: { bValues: virtual.bValues, neighbours: inputs.neighbours },
  };
  const trainings = transferTrainings(config).map((each) => ({
    ...each,
    id: `train ${each.start} people=${each.people} draw=${each.draw}`,
  }));
  const transferred: Transferred[] = [
    { start: STARTS.asItIs, people: 0, draw: 1 },
    ...trainings.map(({ start, people, draw }) => ({ start, people, draw })),
  ];
  return [
    cellOf(simulatePeople, {
      id: PEOPLE,
      input: {
        settings: [from.field, to.field].map((field) =>
          simulatedPeople(
            { ...virtual, field },
            { seed: deriveSeed(seed, 'people'), subjects: names.length },
          ),
        ),
        scannedBy: names.map((_, i) => (i < atFirst.length ? 0 : 1)),
        names,
      },
    }),
    cellOf(trainSegmentation, {
      id: SOURCE,
      input: {
        ...shared,
        about: { ...about, factors: { start: STARTS.asItIs } },
        ...{ training: sets.source, validation: sets.validation },
        seed: deriveSeed(seed, 'train', 'source'),
        how: { ...training, epochs: epochsOf(from.steps, from.people) },
        scanned: scannedAs({ ...virtual, field: from.field }),
      },
      needs: { [PEOPLE]: PEOPLE },
    }),
    ...trainings.map(({ id, start, people, draw, training: trained }) =>
      cellOf(trainSegmentation, {
        id,
        input: {
          ...shared,
          about: { ...about, factors: { start, people, draw } },
          ...{ training: trained, validation: [] },
          // Fine-tuned or not, the same draw of people comes in the same order.
          seed: deriveSeed(seed, 'train', people, draw),
          how: {
            ...{ ...training, epochs: epochsOf(to.steps, people) },
            ...(start === STARTS.fineTuned ? { rate: to.rate } : {}),
          },
          ...(start === STARTS.fineTuned ? { goesOn: true } : {}),
        },
        needs: { [PEOPLE]: PEOPLE, ...(start === STARTS.fineTuned ? { [START]: SOURCE } : {}) },
      }),
    ),
    cellOf(summariseTransfer, {
      id: 'summary',
      input: { about: { ...about, factors: {} }, trainings: transferred },
      needs: Object.fromEntries(
        [SOURCE, ...trainings.map(({ id }) => id)].map((id, i) => [trainingNeed(i + 1), id]),
      ),
    }),
  ];
}
