import { join } from 'node:path';
import type { StudyRemarks } from '../contracts/experiment.ts';
import type { Study } from '../contracts/study.ts';
import { mapBounded } from '../files/bounded.ts';
import { aboutStudy } from './about-study.ts';
import { arithmeticDigest } from './arithmetic.ts';
import { CellStore } from './cell-store.ts';
import { configRecord, seedsIn } from './config-record.ts';
import { gitState } from './git-state.ts';
import { hashOf } from './hash.ts';
import { machineId, type Machine } from './machine.ts';
import { programVersions } from './program-versions.ts';
import { RUN_FILE, type RunRecord } from './run-record.ts';
import type { RunTally } from './run-tally.ts';
import type { StoredCell, Writer } from './stored-cell.ts';
import { CELLS_FOLDER } from './stored-run.ts';
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
      configHash: hashOf(config),
      versions: programVersions(),
      machine,
      arithmetic: arithmeticDigest(),
      workers,
      started: new Date().toISOString(),
      ...(shard ? { shard } : {}),
    };
  }

  /** Writes the record of a run that has just started. */
  static async begin(options: JournalOptions): Promise<RunJournal> {
    const journal = new RunJournal(options, {
      git: await gitState(),
      ...(await aboutStudy(options.study)),
    });
    await journal.write('running');
    return journal;
  }

  /** The record as last written. */
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
    const { dir, tally } = this.#options;
    const told = await this.#facts();
    this.#record = {
      ...this.#fixed,
      status,
      ...told,
      ended: status === 'running' ? null : new Date().toISOString(),
      cells: {
        planned: tally.records.length,
        done: tally.count('done'),
        failed: tally.failures.map(({ id, message }) => ({ id, message })),
      },
      ...(tally.damages.length > 0 ? { damaged: tally.damages } : {}),
      cellList: tally.records,
    };
    await writeWhole(join(dir, RUN_FILE), JSON.stringify(this.#record, null, 2) + '\n');
  }

  /** Collects facts from finished cells: seeds and backends. @throws the system's error if a result can't be read */
  async #facts(): Promise<Pick<RunRecord, 'seeds' | 'backends' | 'engine'>> {
    const { dir, tally } = this.#options;
    const store = new CellStore(join(dir, CELLS_FOLDER));
    const done = tally.records.filter(({ state }) => state === 'done');
    const cells = (await mapBounded(done, ({ key }) => store.read(key))).filter((cell) => cell !== null);
    const facts = (name: string) =>
      cells.filter((cell) => cell.facts[name] !== undefined).map((cell) => [cell, cell.facts[name]] as const);
    const seeds = facts('seed').map(([cell, seed]) => [cell.id, Number(seed)] as const);
    const backends = facts('backend').map(([cell, backend]) => [fitterOf(cell), String(backend)] as const);
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

const fitterOf = (cell: StoredCell): string => cell.rows[0]?.method ?? cell.id;
