import type { Row } from '../contracts/metric.ts';
import type { StoredRun } from '../contracts/stored-run.ts';
import { TRAINING_LOSS } from '../measures/training.ts';
import { entriesOf } from './gated-values.ts';

/** What the training of each seed ended with, the last loss of its curve, by fitter; in the order of its figures' values. */
export type Trainings = Readonly<Record<string, readonly number[]>>;

/** Trainings of the fitters of a run that are trained once, or once per repeat. */
export function trainingsOfRun({ rows, manifest }: Pick<StoredRun, 'rows' | 'manifest'>): Trainings {
  const curves = new Map<string, Row[]>();
  for (const row of rows.filter(({ metric }) => metric === TRAINING_LOSS.name)) {
    curves.set(row.method, [...(curves.get(row.method) ?? []), row]);
  }
  const found: Record<string, number[]> = {};
  for (const { name, repeat } of entriesOf(manifest)) {
    const curve = curves.get(name) ?? [];
    // Trained several times, for several field strengths say: no loss is that of a figure.
    if (curve.length === 0 || curve.some(({ factors }) => Object.keys(factors).join() !== 'epoch')) continue;
    const last = curve.reduce((a, b) => (Number(b.factors['epoch']) > Number(a.factors['epoch']) ? b : a));
    (found[repeat?.of ?? name] ??= []).push(last.value);
  }
  return found;
}

/**
 * For each value of a run the accepted one whose training ended with the very same loss, and so with the same network; null
 * where that can't be said of all of them.
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
