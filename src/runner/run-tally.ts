import type { Cell } from '../contracts/cell.ts';
import type { PlannedCell } from './plan-cells.ts';
import type { CellRecord } from './run-record.ts';
import type { Finished } from './stored-cell.ts';

/** Counts the outcomes of a run's cells and estimates the remaining time. */
export class RunTally {
  readonly #cells: Map<string, CellRecord>;
  readonly #tasks = new Map<string, { count: number; seconds: number }>();
  readonly #planned: readonly PlannedCell[];
  readonly #facts = new Map<string, Pick<Finished, 'facts' | 'fitter'>>();
  /** The stack is for debugging: it contains paths of this machine, so `run.json` omits it. */
  readonly failures: {
    id: string;
    message: string;
    stack?: string;
    /** It could not run because another cell failed. */
    passedOn?: boolean;
  }[] = [];

  /** Cells whose stored results were damaged, and how. */
  readonly damages: { readonly id: string; readonly why: string }[] = [];

  constructor(planned: readonly PlannedCell[]) {
    this.#planned = planned;
    this.#cells = new Map(
      planned.map(({ cell, key }) => [cell.id, { ...identityOf(cell, key), state: 'waiting' }]),
    );
  }

  /** @param untimed whether its times were measured on another machine */
  reused({ cell, key }: PlannedCell, finished: Finished, untimed = false): void {
    const times = untimed ? { untimed } : {};
    const { seconds } = finished;
    this.#cells.set(cell.id, { ...identityOf(cell, key), state: 'done', reused: true, ...times, seconds });
    this.#facts.set(cell.id, finished);
  }

  /** A cell whose stored result is not what was written: it is to be run again. */
  damaged({ cell }: PlannedCell, why: string): void {
    this.damages.push({ id: cell.id, why });
  }

  done({ cell, key }: PlannedCell, finished: Finished): void {
    const { seconds } = finished;
    this.#facts.set(cell.id, finished);
    this.#cells.set(cell.id, { ...identityOf(cell, key), state: 'done', seconds });
    const task = this.#tasks.get(cell.task.name) ?? { count: 0, seconds: 0 };
    this.#tasks.set(cell.task.name, { count: task.count + 1, seconds: task.seconds + seconds });
  }

  failed({ cell, key }: PlannedCell, message: string, stack?: string): void {
    this.#cells.set(cell.id, { ...identityOf(cell, key), state: 'failed' });
    this.failures.push({ id: cell.id, message, ...(stack === undefined ? {} : { stack }) });
  }

  /** A cell that could not run because another failed. */
  blocked({ cell, key }: PlannedCell, message: string): void {
    this.#cells.set(cell.id, { ...identityOf(cell, key), state: 'failed' });
    this.failures.push({ id: cell.id, message, passedOn: true });
  }

  /** What finished cells tell of themselves, in the order of the plan. */
  get facts(): (Pick<Finished, 'facts' | 'fitter'> & { readonly id: string })[] {
    return [...this.#cells.keys()].flatMap((id) => {
      const told = this.#facts.get(id);
      return told ? [{ id, ...told }] : [];
    });
  }

  get records(): CellRecord[] {
    return [...this.#cells.values()];
  }

  count(state: CellRecord['state']): number {
    return this.records.filter((record) => record.state === state).length;
  }

  get reusedCount(): number {
    return this.records.filter((record) => record.reused).length;
  }

  /**
   * Estimates the seconds until all cells are done from the times of finished cells of the same task; null while none is
   * finished.
   */
  secondsLeft(workers: number): number | null {
    let together = 0;
    let timings = 0;
    const known = [...this.#tasks.values()];
    const cells = known.reduce((sum, { count }) => sum + count, 0);
    if (cells === 0) return null;
    const average = known.reduce((sum, { seconds }) => sum + seconds, 0) / cells;
    for (const { cell } of this.#planned) {
      if (this.#cells.get(cell.id)!.state !== 'waiting') continue;
      const task = this.#tasks.get(cell.task.name);
      const seconds = task ? task.seconds / task.count : average;
      if (cell.timing) timings += seconds;
      else together += seconds;
    }
    return together / workers + timings;
  }
}

const identityOf = (
  { id, needs, timing }: Cell,
  key: string,
): Pick<CellRecord, 'id' | 'key' | 'needs' | 'timing'> => ({
  id,
  key,
  ...(Object.keys(needs).length > 0 ? { needs: [...new Set(Object.values(needs))] } : {}),
  ...(timing ? { timing } : {}),
});
