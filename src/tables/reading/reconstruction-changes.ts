import type { Row } from '../../contracts/metric.ts';
import { NRMSE_PERCENT } from '../../measures/reconstruction.ts';
import { numericFactor } from './factor.ts';
import type { Arm } from './reconstruction-methods.ts';

/** Something that was changed against training, as the factor `changed` has it, and the receiver and acceleration it was used at. */
export interface UsedChange extends Arm {
  readonly name: string;
}

/** Changes of a study, in the order of its rows. */
export function changesIn(rows: readonly Row[]): UsedChange[] {
  const found = new Map<string, UsedChange>();
  for (const row of rows) {
    const { changed } = row.factors;
    if (row.metric !== NRMSE_PERCENT.name || changed === undefined || found.has(String(changed))) continue;
    found.set(String(changed), {
      name: String(changed),
      coils: numericFactor(row, 'coils'),
      acceleration: numericFactor(row, 'acceleration'),
    });
  }
  return [...found.values()];
}

/** What was changed: the receiver and the acceleration that most changes keep. */
export function baseOfChanges(rows: readonly Row[]): Arm | undefined {
  const changes = changesIn(rows);
  const kept = (arm: Arm) =>
    changes.filter(({ coils, acceleration }) => coils === arm.coils && acceleration === arm.acceleration)
      .length;
  const [base] = changes.toSorted((a, b) => kept(b) - kept(a));
  return base && { coils: base.coils, acceleration: base.acceleration };
}
