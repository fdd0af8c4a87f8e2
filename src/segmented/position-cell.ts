import type { Task } from '../contracts/cell.ts';
import { assess, type AssessedInput } from './assess.ts';
import type { SegmentationTraining } from './config.ts';
import { PEOPLE } from './data-cells.ts';
import { learntMaps } from './label-maps.ts';
import { decodeAbdomens, peopleNamed } from './packed-abdomens.ts';

export interface PositionInput extends AssessedInput {
  /** Names of the people whose label maps count. */
  readonly training: readonly string[];
  readonly labels: SegmentationTraining['labels'];
}

/**
 * Marks everyone alike, by the most frequent label of other people at each place of the grid, the smaller number of equals: what position alone is worth, and
 * chance for a network that learns from the label maps of others.
 */
export const markByPosition: Task<PositionInput> = {
  module: import.meta.url,
  name: 'markByPosition',
  async run(input, context) {
    const abdomens = decodeAbdomens(await context.files(PEOPLE));
    const maps = peopleNamed(abdomens, input.training).flatMap((person) => learntMaps(person, input.labels));
    const classes = abdomens.regions.length + 1;
    const counts = new Uint16Array(classes);
    const labels = maps[0].map((_, i) => {
      counts.fill(0);
      for (const map of maps) counts[map[i]]++;
      return counts.indexOf(Math.max(...counts));
    });
    return { rows: [], ...assess(input, abdomens, () => labels) };
  },
};
