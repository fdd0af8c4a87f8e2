import type { Table } from '../contracts/table.ts';
import { FALSE_CONTRAST, LESION_DETECTABILITY, LESION_KEPT } from '../measures/reconstruction.ts';
import { RECONSTRUCTION_COLUMNS, reconstructionLines } from './reading/reconstruction-methods.ts';

const table: Table = {
  title: 'Small lesions in images from undersampled k-space',
  order: 3,
  beside: 'reconstructed-lesions',
  caption:
    'The share of its contrast that a small lesion keeps; its detectability d′ by an observer who knows its place and shape and the true image around it; and the ' +
    'largest contrast that a disc as large as a lesion shows in a brain without any, 1 being that of a lesion. Means over subjects with their 95 % ' +
    'intervals, for d′ by resampling subjects.',
  build(rows) {
    const lines = reconstructionLines(rows, (of) => {
      const kept = of(LESION_KEPT);
      return kept && [kept, of(LESION_DETECTABILITY), of(FALSE_CONTRAST)];
    });
    if (lines.length === 0) return null;
    return {
      columns: [
        ...RECONSTRUCTION_COLUMNS,
        { name: 'lesion_kept', label: 'Contrast kept', decimals: 2 },
        { name: 'lesion_detectability', label: 'Detectability d′', decimals: 1 },
        { name: 'false_contrast', label: 'Largest false contrast', decimals: 2 },
      ],
      lines,
    };
  },
};
export default table;
