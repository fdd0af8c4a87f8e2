import type { CellResult, RunContext } from '../contracts/cell.ts';
import type { Row } from '../contracts/metric.ts';
import type { Picture } from '../contracts/picture.ts';
import type { RowSubject } from '../measures/measured-rows.ts';
import type { Sampling } from './measured-slices.ts';
import { decodeHeads } from './packed-heads.ts';
import { picturesOf } from './pictures.ts';
import { assess, encodeErrors, SCORED_SETS, type Reconstruct, type SubjectErrors } from './scores.ts';

/** Something that differs from training. */
export interface Change {
  /** As the factor `changed` has it. */
  readonly name: string;
  readonly sampling: Partial<Pick<Sampling, 'acceleration' | 'sigma' | 'contrast'>>;
}

/** What the cells of all methods are given. */
export interface AssessedInput {
  readonly about: RowSubject;
  /** At the first of the accelerations. */
  readonly sampling: Sampling;
  readonly accelerations: readonly number[];
  /** Changes to the sampling at `changedAt`, on subjects of the set `test`; null where there are none. */
  readonly changes: readonly Change[];
  readonly changedAt: number | null;
  /** Accelerations that pictures show. */
  readonly shown: readonly number[];
  /** Radius of a lesion, pixels. */
  readonly radius: number;
  /** Of lines and noise. */
  readonly seed: number;
}

/** Rows, pictures, and the errors of subjects of a method on every set, at every acceleration and under every change. */
export async function assessSets(
  { about, sampling, accelerations, changes, changedAt, shown, radius, seed }: AssessedInput,
  context: RunContext,
  reconstruct: Reconstruct,
): Promise<Required<Pick<CellResult, 'rows' | 'files' | 'pictures'>>> {
  const rows: Row[] = [];
  const errors: SubjectErrors[] = [];
  const pictures: Picture[] = [];
  for (const set of SCORED_SETS) {
    const heads = decodeHeads(await context.files(set));
    for (const acceleration of accelerations) {
      const options = { set, sampling: { ...sampling, acceleration }, seed, radius };
      const assessed = assess(about, heads, options, reconstruct);
      rows.push(...assessed.rows);
      errors.push(assessed.errors);
      if (set === 'validation' || !shown.includes(acceleration)) continue;
      pictures.push(
        ...picturesOf(about, heads, { set, coils: sampling.coils, acceleration }, assessed.magnitudes),
      );
    }
    if (set !== 'test' || changedAt === null || !accelerations.includes(changedAt)) continue;
    for (const change of changes) {
      const changed = { ...sampling, acceleration: changedAt, ...change.sampling };
      rows.push(
        ...assess(about, heads, { set, sampling: changed, seed, radius, changed: change.name }, reconstruct)
          .rows,
      );
    }
  }
  return { rows, files: encodeErrors(errors), pictures };
}
