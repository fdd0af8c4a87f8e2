import { constants, copyFile, mkdir, rm } from 'node:fs/promises';
import { dirname, join, posix } from 'node:path';
import { InputError } from '../contracts/input-error.ts';
import { isPlainName, isPlainPath } from '../files/plain-name.ts';
import { readInput } from '../files/read-input.ts';
import { refuseLinks } from '../files/real-folders.ts';
import { CellStore } from './cell-store.ts';
import { CELLS_FOLDER, readRunRecord } from './stored-run.ts';
import { writeWhole } from '../files/write-whole.ts';

/** The folders of a run that cells may publish files in. */
const PUBLISHED = ['maps/', 'networks/'];

/** In the store's folder: the paths published in the run's folder last time. */
const LIST = 'published.json';

/**
 * Publishes the files that the cells of a run have for people, in the run's folder: `maps/sub-01/…`. Files are copied, sharing
 * blocks where the file system supports it, so that editing a map does not change the stored result. Files that an earlier run
 * published and this one does not have are removed.
 * @returns their paths within the run's folder, sorted
 */
export async function publishFiles(dir: string): Promise<readonly string[]> {
  const { cellList } = await readRunRecord(dir);
  const store = new CellStore(join(dir, CELLS_FOLDER));
  const sources = new Map<string, string>();
  for (const { key, state } of cellList) {
    const cell = state === 'failed' ? null : await store.read(key);
    for (const [path, file] of Object.entries(cell?.publishes ?? {})) {
      if (!isPublishable(path) || !cell!.files.includes(file) || !isPlainName(file))
        throw new InputError(`${dir}: cell ${cell?.id} can't publish ${path} from ${file}; ${ALLOWED}`);
      sources.set(path, store.path(key, file));
    }
  }
  const list = join(store.dir, LIST);
  for (const path of await readList(list)) {
    if (sources.has(path) || !isPublishable(path)) continue;
    refuseLinks(dir, posix.dirname(path));
    await rm(join(dir, path), { force: true });
  }
  const paths = [...sources.keys()].sort();
  // The files themselves are removed before they are written.
  for (const folder of new Set(paths.map((path) => posix.dirname(path)))) refuseLinks(dir, folder);
  // Written before the files, so that none is forgotten.
  if (paths.length > 0) await writeWhole(list, JSON.stringify(paths, null, 1) + '\n');
  else await rm(list, { force: true });
  for (const path of paths) await put(sources.get(path)!, join(dir, path));
  return paths;
}

async function put(source: string, target: string): Promise<void> {
  await mkdir(dirname(target), { recursive: true });
  await rm(target, { force: true });
  await copyFile(source, target, constants.COPYFILE_FICLONE);
}

async function readList(file: string): Promise<readonly string[]> {
  try {
    const list = JSON.parse((await readInput(file)).toString('utf8')) as unknown;
    return Array.isArray(list) ? list.filter((path) => typeof path === 'string') : [];
  } catch {
    return [];
  }
}

const ALLOWED = `allowed: a file of the cell, below ${PUBLISHED.join(' or ')}`;

/** Results come from strangers too: what they publish may replace no other file of the run, and lead nowhere else. */
function isPublishable(path: string): boolean {
  return PUBLISHED.some((folder) => path.startsWith(folder)) && isPlainPath(path);
}
