import type { Row } from '../contracts/metric.ts';
import type { StoredRun } from '../contracts/stored-run.ts';
import { TRAINING_LOSS } from '../measures/training.ts';
import { entriesOf } from './gated-values.ts';

/** Final training loss per seed, by fitter; in the order of the fitter's gated values. */
export type Trainings = Readonly<Record<string, readonly number[]>>;

/** Returns the trainings of the fitters of a run that are trained once, or once per repeat. */
export function trainingsOfRun({ rows, manifest }: Pick<StoredRun, 'rows' | 'manifest'>): Trainings {
  const curves = new Map<string, Row[]>();
  for (const row of rows.filter(({ metric }) => metric === TRAINING_LOSS.name)) {
    curves.set(row.method, [...(curves.get(row.method) ?? []), row]);
  }
  const found: Record<string, number[]> = {};
  for (const { name, repeat } of entriesOf(manifest)) {
    const curve = curves.get(name) ?? [];
    // If a fitter is trained several times (for several field strengths, say), its losses can't be matched to values.
    if (curve.length === 0 || curve.some(({ factors }) => Object.keys(factors).join() !== 'epoch')) continue;
    const last = curve.reduce((a, b) => (Number(b.factors['epoch']) > Number(a.factors['epoch']) ? b : a));
    (found[repeat?.of ?? name] ??= []).push(last.value);
  }
  return found;
}

/**
 * Matches each value of a run to the accepted one whose training ended with exactly the same loss, and hence the same network;
 * null if not all of them match.
 */
export function sameTrainings(
  accepted: { readonly values: readonly number[]; readonly losses: readonly number[] | undefined },
  found: { readonly values: readonly number[]; readonly losses: readonly number[] | undefined },
): readonly number[] | null {
  if (accepted.losses?.length !== accepted.values.length || found.losses?.length !== found.values.length)
    return null;
  const places = found.losses.map((loss) => accepted.losses!.indexOf(loss));
  return places.includes(-1) ? null : places.map((place) => accepted.values[place]);
}
