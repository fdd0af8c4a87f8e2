import type { Task } from '../../src/contracts/cell.ts';
import { InputError } from '../../src/contracts/input-error.ts';
import { rowsAt } from '../../src/data/rows-at.ts';
import { unlabelled } from '../../src/data/unlabelled.ts';
import { counted } from '../../src/wording/counted.ts';
import { readNamed, type DataSetPlace, type Reading, type SessionInput } from './data-set.ts';
import { fitPrepared, mapsOf, prepareGroup, recorded, type GroupPreparation } from './fitter-cells.ts';
import { SlicePictures } from './slice-pictures.ts';
import { sliceRows, tissueRows } from './slice-rows.ts';

/** A slice with a preparation of its own. */
interface SliceInput {
  readonly preparation: GroupPreparation;
  readonly reading: Reading;
  readonly session: SessionInput;
  /** Index along the third axis. */
  readonly slice: number;
}

interface PrepareSliceInput extends SliceInput {
  /** Whether it continues from the network trained by the cell read as `begin`. */
  readonly goesOn: boolean;
}

/**
 * Prepares a fitter for one slice: estimates a prior from the tissue of this slice alone, or trains a network on it. Nothing is
 * left for a session that can't be read, which other cells report.
 */
export const prepareSlice: Task<PrepareSliceInput, DataSetPlace> = {
  module: import.meta.url,
  name: 'prepareSlice',
  async run({ preparation, reading, session, slice, goesOn }, context) {
    const { voxels } = await readNamed(reading, context, session, () => ({ slices: [slice] }));
    if (!voxels) return { rows: [] };
    const tissue = rowsAt(voxels.signals, tissueRows(voxels, slice));
    const { fitter, stage } = preparation;
    if (tissue.n === 0) {
      throw new InputError(
        `sample.slice: ${stage} has no tissue that ${fitter.name} could learn from; allowed: a slice with some, or \`learnFrom: study\``,
      );
    }
    const files = goesOn ? await context.files('begin') : undefined;
    const prepared = await prepareGroup(preparation, {
      allVoxels: () => tissue,
      training: () => unlabelled(tissue),
      ...(files && files.size > 0 ? { initial: { files } } : {}),
      onProgress: context.onProgress,
    });
    const result = await recorded(preparation, prepared, { cpu: context.cpu, voxels: tissue.n });
    const note = `the maps of ${stage} are of what ${fitter.name} learned from the ${counted(tissue.n, 'voxel')} of this slice that are not air`;
    return { ...result, notes: [...(result.notes ?? []), note] };
  },
};

/** Fits a slice with what was prepared for it alone, and saves and draws its maps. */
export const fitSlice: Task<SliceInput, DataSetPlace> = {
  module: import.meta.url,
  name: 'fitSlice',
  async run({ preparation, reading, session, slice }, context) {
    const { voxels } = await readNamed(reading, context, session, () => ({ slices: [slice] }));
    if (!voxels) return { rows: [] };
    const rows = sliceRows(voxels, slice);
    const own = { ...voxels, voxels: Uint32Array.from(rows, (row) => voxels.voxels[row]) };
    const estimates = await fitPrepared(preparation, context, rowsAt(voxels.signals, rows));
    const method = preparation.fitter.name;
    return {
      rows: [],
      ...(await mapsOf(own, estimates, [method, 'slice'])),
      pictures: new SlicePictures(own, slice).maps(method, estimates, { stage: preparation.stage }),
    };
  },
};
