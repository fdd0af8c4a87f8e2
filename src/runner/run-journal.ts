import { join } from 'node:path';
import type { StudyRemarks } from '../contracts/experiment.ts';
import type { Study } from '../contracts/study.ts';
import { aboutStudy } from './about-study.ts';
import { arithmeticDigest } from './arithmetic.ts';
import { canonicalJson } from './canonical-json.ts';
import { configHashOf, configRecord, seedsIn } from './config-record.ts';
import { gitState } from './git-state.ts';
import { machineId, type Machine } from './machine.ts';
import { programVersions } from './program-versions.ts';
import { RUN_FILE, type RunRecord } from './run-record.ts';
import type { RunTally } from './run-tally.ts';
import type { Writer } from './stored-cell.ts';
import { CELLS_FOLDER, readRunRecord } from './stored-run.ts';
import { writeWhole } from '../files/write-whole.ts';

export interface JournalOptions {
  readonly dir: string;
  readonly study: Study;
  readonly machine: Machine;
  readonly workers: number;
  readonly tally: RunTally;
  readonly shard?: RunRecord['shard'];
  /** What a person should know of the study's input. */
  readonly remarks?: StudyRemarks;
}

/** Keeps `run.json`: the config, the code and machine, and the outcome. */
export class RunJournal {
  readonly #options: JournalOptions;
  #record: RunRecord | undefined;
  readonly #fixed: Omit<
    RunRecord,
    'status' | 'ended' | 'cells' | 'cellList' | 'backends' | 'engine' | 'seeds'
  >;

  private constructor(options: JournalOptions, found: Pick<RunRecord, 'git' | 'about' | 'fitterLabels'>) {
    const { study, machine, workers, shard, remarks } = options;
    const config = configRecord(study);
    this.#options = options;
    this.#fixed = {
      title: study.title,
      experiment: study.experiment,
      ...found,
      ...(remarks && remarks.notes.length + remarks.leftOut.length > 0 ? { remarks } : {}),
      config,
      configHash: configHashOf(study),
      versions: programVersions(),
      machine,
      arithmetic: arithmeticDigest(),
      workers,
      started: new Date().toISOString(),
      ...(shard ? { shard } : {}),
    };
  }

  /** Collects what the record of a run begins with. Writes nothing. */
  static async open(options: JournalOptions): Promise<RunJournal> {
    return new RunJournal(options, {
      git: await gitState(),
      ...(await aboutStudy(options.study)),
    });
  }

  /**
   * Whether all cells are done and `run.json` already records them, for the same config, program and machine. Then nothing has to be
   * written, and its times stay those of the run that did the work.
   */
  async keepsRecord(): Promise<boolean> {
    const found = await readRunRecord(this.#options.dir).catch(() => null);
    const now = this.#current('done');
    if (found?.status !== 'done' || this.#options.tally.count('done') < now.cells.planned) return false;
    if (comparable(found) !== comparable(now)) return false;
    this.#record = found;
    return true;
  }

  /** The record as last written, or kept. */
  get record(): RunRecord {
    return this.#record!;
  }

  /** The writer of the cells of this run. */
  get writer(): Writer {
    return {
      machine: machineId(this.#fixed.machine),
      versions: this.#fixed.versions,
      store: join(this.#options.dir, CELLS_FOLDER),
    };
  }

  async write(status: RunRecord['status']): Promise<void> {
    this.#record = this.#current(status);
    await writeWhole(join(this.#options.dir, RUN_FILE), JSON.stringify(this.#record, null, 2) + '\n');
  }

  #current(status: RunRecord['status']): RunRecord {
    const { tally } = this.#options;
    return {
      ...this.#fixed,
      status,
      ...this.#facts(),
      ended: status === 'running' ? null : new Date().toISOString(),
      cells: {
        planned: tally.records.length,
        done: tally.count('done'),
        failed: tally.failures.map(({ id, message }) => ({ id, message })),
      },
      ...(tally.damages.length > 0 ? { damaged: tally.damages } : {}),
      cellList: tally.records,
    };
  }

  /** Collects facts from finished cells: seeds and backends. */
  #facts(): Pick<RunRecord, 'seeds' | 'backends' | 'engine'> {
    const cells = this.#options.tally.facts;
    const facts = (name: string) =>
      cells.filter((cell) => cell.facts[name] !== undefined).map((cell) => [cell, cell.facts[name]] as const);
    const seeds = facts('seed').map(([cell, seed]) => [cell.id, Number(seed)] as const);
    const backends = facts('backend').map(([cell, backend]) => [cell.fitter, String(backend)] as const);
    const chosen = cells.find((cell) => cell.facts.backendReason !== undefined);
    return {
      seeds: { ...seedsIn(this.#fixed.config), ...Object.fromEntries(seeds) },
      backends: Object.fromEntries(backends),
      ...(chosen
        ? { engine: { name: String(chosen.facts.backend), reason: String(chosen.facts.backendReason) } }
        : {}),
    };
  }
}

/** A record without the times of the run, and without which of its cells an earlier one did. */
function comparable(record: RunRecord): string {
  const cellList = record.cellList.map((cell) => ({ ...cell, reused: undefined, seconds: undefined }));
  return canonicalJson({ ...record, started: undefined, ended: undefined, cellList });
}
