import type { PlannedCell } from './plan-cells.ts';

export interface Schedule {
  /** Cells at once, but for those that run alone. */
  readonly workers: number;
  /** Does a cell; resolves to null or to why it failed. Never rejects. */
  perform(cell: PlannedCell): Promise<string | null>;
  /** Told of cells that can't be done because one they need failed. */
  onBlocked(cell: PlannedCell, message: string): void;
  /** Asked before each cell: true to start no more. */
  stopped(): boolean;
}

/**
 * Does cells, each after those it needs; those that most others wait for first. Cells that run alone come
 * last, one at a time, with nothing beside them.
 * @param todo cells to do; what they need and is not among them is done already
 */
export async function scheduleCells(todo: readonly PlannedCell[], schedule: Schedule): Promise<void> {
  const failures: Failures = new Map();
  const together = todo.filter(({ cell }) => !cell.alone);
  await work(byDependents(together), schedule.workers, schedule, failures);
  const alone = todo.filter(({ cell }) => cell.alone);
  await work(alone, 1, schedule, failures);
}

/** Failed cells with the message they, and all that need them, are marked with. */
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

  const start = (planned: PlannedCell): void => {
    const { id } = planned.cell;
    const done: Promise<void> = schedule.perform(planned).then((failure) => {
      open.delete(id);
      if (failure !== null) failures.set(id, { passedOn: `needs ${id}, which failed: ${failure}` });
      running.delete(done);
    });
    running.add(done);
  };

  /** Starts or blocks what can be; true where that may have decided something for others. */
  const advance = (): boolean => {
    let blocked = false;
    for (const planned of waiting) {
      const { id, needs } = planned.cell;
      const failure = needs.map((need) => failures.get(need)).find((found) => found !== undefined);
      if (failure) {
        waiting.delete(planned);
        open.delete(id);
        failures.set(id, failure);
        schedule.onBlocked(planned, failure.passedOn);
        blocked = true;
      } else if (running.size < workers && !schedule.stopped() && !needs.some((need) => open.has(need))) {
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
    for (const id of planned.cell.needs) direct.set(id, [...(direct.get(id) ?? []), planned]);
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
