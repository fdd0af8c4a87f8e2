import { cellOf, type Cell } from '../contracts/cell.ts';
import { plannedEngine } from '../learning/planned-engine.ts';
import { DETECTION_FLOORS } from '../measures/lesion-detection.ts';
import { deriveSeed } from '../random/seed.ts';
import { PEOPLE, simulatePeople } from './data-cells.ts';
import { detectByBrightness, detectedNeed, summariseDetection } from './detection-cells.ts';
import type { LesionDetectionConfig } from './detection-config.ts';
import { foldsOf, namesOf } from './plan.ts';
import { trainSegmentation } from './train-cell.ts';
import { scannedAs, simulatedPeople } from './virtual-people.ts';

/** The people with lesions; every network on every fold; what is bright; a summary each. */
export function planLesionDetection(experiment: string, config: LesionDetectionConfig): Cell[] {
  const { seed, data, inputs, cut, weight, training, models } = config;
  const { people, lesions, ...virtual } = data.virtual;
  const names = namesOf(people);
  const needs = { [PEOPLE]: PEOPLE };
  const engine = plannedEngine(config.engine);
  const about = (method: string) => ({ experiment, method, factors: {} });
  const summary = (method: string, cells: readonly string[]): Cell =>
    cellOf(summariseDetection, {
      id: `summary ${method}`,
      input: { about: about(method), cells: cells.length, seed: deriveSeed(seed, 'bootstrap') },
      needs: Object.fromEntries(cells.map((id, i) => [detectedNeed(i + 1), id])),
    });
  return [
    cellOf(simulatePeople, {
      id: PEOPLE,
      input: {
        settings: [
          { ...simulatedPeople(virtual, { seed: deriveSeed(seed, 'people'), subjects: people }), lesions },
        ],
        names,
      },
    }),
    ...models.flatMap((model) => {
      const folds = foldsOf(config).map((sets, i) =>
        cellOf(trainSegmentation, {
          id: `train ${model.name} fold=${i + 1}`,
          input: {
            ...{ ...sets, about: about(model.name), fold: i + 1, shown: '', engine, model },
            seed: deriveSeed(seed, 'train', model.name, i + 1),
            inputs: { bValues: virtual.bValues, neighbours: inputs.neighbours },
            ...{ volumes: false, shuffle: false, lesionsAbove: cut, lesionWeight: weight },
            how: { ...training, labels: 'truth' as const, loss: 'cross-entropy' as const },
            scanned: scannedAs(virtual),
          },
          needs,
        }),
      );
      return [
        ...folds,
        summary(
          model.name,
          folds.map(({ id }) => id),
        ),
      ];
    }),
    ...Object.values(DETECTION_FLOORS).flatMap((method) => [
      cellOf(detectByBrightness, { id: method, input: { method }, needs }),
      summary(method, [method]),
    ]),
  ];
}
