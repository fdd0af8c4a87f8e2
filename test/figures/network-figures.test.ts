import { suite } from 'uvu';
import { figureNames, loadFigure } from '../../src/plugins/discover.ts';
import { repeatedRows } from '../tables/repeated-rows.ts';
import { checkFigure, drawOf, type Runs } from './check-figure.ts';

const test = suite('figures: networks');

// Trainings that are repeated.
const networks: Runs = {
  few: {
    rows: repeatedRows().filter(
      ({ factors: { run = 1, depth = 0, training_voxels: size = 1000, snr = 20 } }) =>
        (run as number) <= 2 && (depth as number) <= 1 && size === 1000 && snr === 20,
    ),
  },
  all: { rows: repeatedRows() },
  others: [
    { rows: repeatedRows(['./fitters/plug-in.ts', 'dnn']) },
    { rows: repeatedRows().filter(({ factors: { run = 1 } }) => run === 1) },
  ],
};

for (const name of figureNames()) {
  const { value: figure } = await loadFigure(name);
  if (drawOf(figure, networks.all)) checkFigure(test, name, figure, networks);
}

test.run();
