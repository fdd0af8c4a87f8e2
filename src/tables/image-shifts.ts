import { SHIFTS } from '../measures/conditions.ts';
import type { Line, Table } from '../contracts/table.ts';
import { RMSE_PERCENT, STRUCTURE_LEAK } from '../measures/synthesis.ts';
import { imageMethods, imageValue, imageSets } from './reading/image-methods.ts';

const table: Table = {
  title: 'Other weighted images than in training',
  order: 4,
  beside: 'image-shifts',
  caption:
    'Error in per cent, against the truth or, of images of people, against six repetitions, where the T2-weighted image, or both weighted images, are missing, have moved by 6 mm, or are those of ' +
    'another subject; in the last case also how much of that subject’s perfusion appears in the image, which is 0 for what needs no weighted images.',
  build(rows) {
    const shifts = [
      ...new Set(rows.flatMap(({ factors }) => ('shift' in factors ? [String(factors.shift)] : []))),
    ];
    if (shifts.length === 0) return null;
    const reference = rows.some(({ factors }) => factors.reference === 'truth') ? 'truth' : 'six';
    const known = ORDER.filter((shift) => shifts.includes(shift));
    const all = [...known, ...shifts.filter((shift) => !known.includes(shift)).sort()];
    const methods = imageMethods(rows).filter((of) => of.rows.some(({ factors }) => 'shift' in factors));
    return {
      columns: [
        { name: 'set', label: 'Subjects' },
        { name: 'method', label: 'Image' },
        { name: 'unchanged', label: 'Unchanged (%)', decimals: 1 },
        ...all.map((shift) => ({
          name: shift.toLowerCase().replaceAll(/\W+/g, '_'),
          label: `${shift} (%)`,
          decimals: 1,
        })),
        { name: 'structure_leak', label: 'Structure of another person', decimals: 2 },
      ],
      lines: imageSets(rows).flatMap(([set, label]) =>
        methods.map((of): Line => ({
          values: [
            label,
            of.name,
            imageValue(of, RMSE_PERCENT, { set, reference }),
            ...all.map((shift) => imageValue(of, RMSE_PERCENT, { set, reference, shift })),
            imageValue(of, STRUCTURE_LEAK, { set, shift: 'swapped' }),
          ],
        })),
      ),
    };
  },
};
export default table;

/** From the mildest on. */
const ORDER: readonly string[] = Object.values(SHIFTS);
