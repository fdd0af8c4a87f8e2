import { join } from 'node:path';
import { InputError } from '../contracts/input-error.ts';
import { mapBounded } from '../files/bounded.ts';
import { writeWhole } from '../files/write-whole.ts';
import { CellStore } from './cell-store.ts';
import { openRunFolder } from './run-folder.ts';
import { RUN_FILE, type CellRecord, type RunRecord } from './run-record.ts';
import { CELLS_FOLDER, readRunRecord } from './stored-run.ts';

/** A folder with some of a run's cells. */
interface Part {
  readonly dir: string;
  readonly record: RunRecord;
  readonly store: CellStore;
  /** Keys of the cells whose results are as they were written. */
  readonly sound: ReadonlySet<string>;
  /** Cells whose results are damaged, and how. */
  readonly damaged: readonly { readonly id: string; readonly why: string }[];
}

/** A merged run: its folder and what is missing from it. */
export interface MergedRun {
  readonly dir: string;
  readonly record: RunRecord;
  /** Cells of the whole run that are in none of its parts. */
  readonly unlisted: number;
  /** Shards missing from the parts, as in `2/3`. */
  readonly missing: readonly string[];
  /** Results that were damaged in the folder they are in, and so not taken from it. */
  readonly damaged: readonly { readonly dir: string; readonly id: string; readonly why: string }[];
}

/**
 * Merges several runs of one config, usually its shards, into one folder with its own `run.json`.
 * @throws InputError before anything is written if a folder holds no run, or one of another config or other code, or if `out`
 * is not writable
 */
export async function mergeRuns(dirs: readonly string[], out: string): Promise<MergedRun> {
  const parts = await Promise.all(dirs.map(openPart));
  for (const part of parts.slice(1)) checkSameRun(parts[0], part);
  const dir = openRunFolder(out);
  const store = new CellStore(join(dir, CELLS_FOLDER));
  await store.removeParts();
  const sources = chooseSources(parts);
  for (const [{ key }, part] of sources.values()) await store.adopt(key, part.store);
  const record = mergedRecord(
    parts,
    [...sources.values()].map(([cell]) => cell),
  );
  await writeWhole(join(dir, RUN_FILE), JSON.stringify(record, null, 2) + '\n');
  return {
    dir,
    record,
    unlisted: record.cells.planned - record.cellList.length,
    missing: missingShards(parts),
    damaged: parts.flatMap(({ dir, damaged }) => damaged.map((cell) => ({ dir, ...cell }))),
  };
}

async function openPart(dir: string): Promise<Part> {
  const record = await readRunRecord(dir);
  const store = new CellStore(join(dir, CELLS_FOLDER));
  const done = record.cellList.filter(({ state }) => state === 'done');
  const found = await mapBounded(done, ({ key }) => store.verify(key));
  return {
    dir,
    record,
    store,
    sound: new Set(done.filter((_, i) => found[i].state === 'stored').map(({ key }) => key)),
    damaged: done.flatMap(({ id }, i) => {
      const there = found[i];
      return there.state === 'damaged' ? [{ id, why: there.why }] : [];
    }),
  };
}

/** @throws InputError if two folders do not hold parts of the same run */
function checkSameRun(a: Part, b: Part): void {
  if (a.record.configHash !== b.record.configHash) {
    throw new InputError(
      `${b.dir}: found a run of another config than in ${a.dir}; allowed: runs of one config (the same file, --set and --only)`,
    );
  }
  const [one, two] = [a.record.shard?.plan, b.record.shard?.plan];
  if (one !== undefined && two !== undefined && one !== two) {
    throw new InputError(
      `${b.dir}: found a shard of a run by other code or of other data than in ${a.dir}; allowed: shards of one run`,
    );
  }
  const keys = new Map(a.record.cellList.map(({ id, key }) => [id, key]));
  const other = b.record.cellList.find(({ id, key }) => keys.has(id) && keys.get(id) !== key);
  if (other) {
    throw new InputError(
      `${b.dir}: found ${other.id} made by other code or from other data than in ${a.dir}; allowed: runs of one version`,
    );
  }
}

/** Chooses the part each finished cell is taken from; timings come from the same part as the preparation they belong to. */
function chooseSources(parts: readonly Part[]): Map<string, readonly [CellRecord, Part]> {
  const chosen = new Map<string, readonly [CellRecord, Part]>();
  const take = (cell: CellRecord | undefined, part: Part): boolean => {
    if (cell?.state !== 'done' || chosen.has(cell.id) || !part.sound.has(cell.key)) return false;
    chosen.set(cell.id, [cell, part]);
    return true;
  };
  for (const part of parts) {
    const cells = new Map(part.record.cellList.map((cell) => [cell.id, cell]));
    for (const cell of cells.values()) {
      if (cell.timing && take(cell, part)) cell.needs?.forEach((id) => take(cells.get(id), part));
    }
  }
  for (const part of parts) for (const cell of part.record.cellList) take(cell, part);
  return chosen;
}

function mergedRecord(parts: readonly Part[], done: readonly CellRecord[]): RunRecord {
  const records = parts.map(({ record }) => record);
  const cells = new Map(done.map((cell) => [cell.id, cell]));
  for (const cell of records.flatMap(({ cellList }) => cellList)) {
    if (!cells.has(cell.id))
      cells.set(cell.id, { ...cell, state: cell.state === 'failed' ? 'failed' : 'waiting' });
  }
  const messages = records.flatMap((record) => record.cells.failed);
  const failed = [...cells.values()]
    .filter(({ state }) => state === 'failed')
    .map(({ id }) => messages.find((failure) => failure.id === id)!);
  const planned = Math.max(...records.map((record) => record.shard?.planned ?? record.cells.planned));
  const engine = records.find((record) => record.engine)?.engine;
  const [{ title, experiment, config, configHash, versions, git, machine, workers }] = records;
  const [{ about, fitterLabels }] = records;
  // Shards read the same data, but a folder of it may have been out of reach of some.
  const remarks = records.find((record) => record.remarks)?.remarks;
  return {
    ...{ title, experiment, config, configHash, versions, git, machine, workers },
    ...(about ? { about } : {}),
    ...(fitterLabels ? { fitterLabels } : {}),
    ...(remarks ? { remarks } : {}),
    status: done.length === planned ? 'reporting' : 'failed',
    started: records.map(({ started }) => started).sort()[0],
    ended:
      records
        .map(({ ended }) => ended ?? '')
        .sort()
        .at(-1)! || new Date().toISOString(),
    seeds: Object.assign({}, ...records.map(({ seeds }) => seeds)) as RunRecord['seeds'],
    backends: Object.assign({}, ...records.map(({ backends }) => backends)) as RunRecord['backends'],
    ...(engine ? { engine } : {}),
    cells: { planned, done: done.length, failed },
    cellList: [...cells.values()],
    merged: records.flatMap(
      ({ shard, machine, workers, versions, git, started, ended, merged }) =>
        merged ?? [{ ...(shard ? { shard } : {}), machine, workers, versions, git, started, ended }],
    ),
  };
}

function missingShards(parts: readonly Part[]): string[] {
  const shards = parts.flatMap(
    ({ record: { shard, merged } }) => shard ?? merged?.map((part) => part.shard) ?? [],
  );
  const there = new Set(shards.map((shard) => (shard ? `${shard.index}/${shard.of}` : '')));
  const { of } = shards.find((shard) => shard !== undefined) ?? { of: 0 };
  return Array.from({ length: of }, (_, i) => `${i + 1}/${of}`).filter((name) => !there.has(name));
}
