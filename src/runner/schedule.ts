import type { PlannedCell } from './plan-cells.ts';

export interface Schedule {
  /** Number of threads that cells may use at the same time. A cell that needs more runs on its own. */
  readonly workers: number;
  /** Runs a cell; resolves to null or to the reason why it failed. Never rejects. */
  perform(cell: PlannedCell): Promise<string | null>;
  /** Called for cells that can't run because a cell they need failed. */
  onBlocked(cell: PlannedCell, message: string): void;
  /** Checked before each cell; no more cells start once it returns true. */
  stopped(): boolean;
}

/**
 * Runs cells, each after those it needs, and those with the most dependents first. Timings come last, one at a time, with
 * nothing else running.
 * @param todo cells to run; the cells they need are either among them or already done
 */
export async function scheduleCells(todo: readonly PlannedCell[], schedule: Schedule): Promise<void> {
  const failures: Failures = new Map();
  const together = todo.filter(({ cell }) => !cell.timing);
  await work(byDependents(together), schedule.workers, schedule, failures);
  const timings = todo.filter(({ cell }) => cell.timing);
  for (const timing of timings) await work([timing], schedule.workers, schedule, failures);
}

/** Failed cells, with the message that they and all their dependents are marked with. */
type Failures = Map<string, { readonly passedOn: string }>;

async function work(
  cells: readonly PlannedCell[],
  workers: number,
  schedule: Schedule,
  failures: Failures,
): Promise<void> {
  const waiting = new Set(cells);
  const open = new Set(cells.map(({ cell }) => cell.id));
  const running = new Set<Promise<void>>();
  let busy = 0;

  const start = (planned: PlannedCell): void => {
    const { id, threads = 1 } = planned.cell;
    busy += threads;
    const done: Promise<void> = schedule.perform(planned).then((failure) => {
      open.delete(id);
      if (failure !== null) failures.set(id, { passedOn: `needs ${id}, which failed: ${failure}` });
      running.delete(done);
      busy -= threads;
    });
    running.add(done);
  };

  /** Starts or blocks the cells that are ready; returns true if that may have unblocked a decision on others. */
  const advance = (): boolean => {
    let blocked = false;
    for (const planned of waiting) {
      const { id, threads = 1 } = planned.cell;
      const needs = Object.values(planned.cell.needs);
      const fits = running.size === 0 || busy + threads <= workers;
      const failure = needs.map((need) => failures.get(need)).find((found) => found !== undefined);
      if (failure) {
        waiting.delete(planned);
        open.delete(id);
        failures.set(id, failure);
        schedule.onBlocked(planned, failure.passedOn);
        blocked = true;
      } else if (fits && !schedule.stopped() && !needs.some((need) => open.has(need))) {
        waiting.delete(planned);
        start(planned);
      }
    }
    return blocked;
  };

  for (;;) {
    while (advance());
    if (running.size === 0) return;
    await Promise.race(running);
  }
}

function byDependents(cells: readonly PlannedCell[]): PlannedCell[] {
  const direct = new Map<string, PlannedCell[]>();
  for (const planned of cells) {
    for (const id of Object.values(planned.cell.needs)) direct.set(id, [...(direct.get(id) ?? []), planned]);
  }
  const count = (id: string, seen: Set<string>): number => {
    for (const { cell } of direct.get(id) ?? []) {
      if (seen.has(cell.id)) continue;
      seen.add(cell.id);
      count(cell.id, seen);
    }
    return seen.size;
  };
  const dependents = new Map(cells.map(({ cell }) => [cell.id, count(cell.id, new Set())]));
  return cells.toSorted((a, b) => dependents.get(b.cell.id)! - dependents.get(a.cell.id)!);
}
