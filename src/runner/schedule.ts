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
  const rank = new Map(cells.map((planned, i) => [planned, i]));
  const byId = new Map(cells.map((planned) => [planned.cell.id, planned]));
  const dependents = directDependents(cells);
  /** How many of the cells that a waiting cell needs are still open. */
  const missing = new Map<PlannedCell, number>();
  /** Cells whose needs are done, the first one last. */
  let ready: PlannedCell[] = [];
  const running = new Set<Promise<void>>();
  let busy = 0;

  const makeReady = (added: readonly PlannedCell[]): void => {
    if (added.length > 0) ready = [...ready, ...added].sort((a, b) => rank.get(b)! - rank.get(a)!);
  };

  const block = (planned: PlannedCell, failure: { readonly passedOn: string }): void => {
    if (!missing.delete(planned)) return;
    failures.set(planned.cell.id, failure);
    schedule.onBlocked(planned, failure.passedOn);
    for (const dependent of dependents.get(planned.cell.id) ?? []) block(dependent, failure);
  };

  const end = ({ cell: { id } }: PlannedCell, failure: string | null): void => {
    if (failure !== null) failures.set(id, { passedOn: `needs ${id}, which failed: ${failure}` });
    const passedOn = failures.get(id);
    const freed: PlannedCell[] = [];
    for (const dependent of dependents.get(id) ?? []) {
      const left = missing.get(dependent);
      if (left === undefined) continue;
      if (passedOn) block(dependent, passedOn);
      else if (left > 1) missing.set(dependent, left - 1);
      else {
        missing.delete(dependent);
        freed.push(dependent);
      }
    }
    makeReady(freed);
  };

  const start = (planned: PlannedCell): void => {
    const { threads = 1 } = planned.cell;
    busy += threads;
    const done: Promise<void> = schedule.perform(planned).then((failure) => {
      running.delete(done);
      busy -= threads;
      end(planned, failure);
    });
    running.add(done);
  };

  for (const planned of cells) missing.set(planned, needsOf(planned).filter((id) => byId.has(id)).length);
  for (const planned of cells) {
    const failure = needsOf(planned)
      .map((need) => failures.get(need))
      .find((found) => found !== undefined);
    if (failure) block(planned, failure);
  }
  const unneeding = [...missing].filter(([, left]) => left === 0).map(([planned]) => planned);
  for (const planned of unneeding) missing.delete(planned);
  makeReady(unneeding);

  for (;;) {
    for (let i = ready.length - 1; i >= 0 && !schedule.stopped(); i--) {
      if (running.size > 0 && busy >= workers) break;
      const { threads = 1 } = ready[i].cell;
      if (running.size === 0 || busy + threads <= workers) start(...(ready.splice(i, 1) as [PlannedCell]));
    }
    if (running.size === 0) return;
    await Promise.race(running);
  }
}

const needsOf = ({ cell: { needs } }: PlannedCell): string[] => [...new Set(Object.values(needs))];

/** Returns the cells that need a cell directly, by its id. */
function directDependents(cells: readonly PlannedCell[]): Map<string, PlannedCell[]> {
  const dependents = new Map<string, PlannedCell[]>();
  for (const planned of cells) {
    for (const id of needsOf(planned)) {
      const list = dependents.get(id);
      if (list) list.push(planned);
      else dependents.set(id, [planned]);
    }
  }
  return dependents;
}

function byDependents(cells: readonly PlannedCell[]): PlannedCell[] {
  const direct = directDependents(cells);
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
