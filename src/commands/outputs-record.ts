import { existsSync, readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { z } from 'zod';
import type { OwnViews } from '../contracts/study.ts';
import { mapBounded } from '../files/bounded.ts';
import { contentHash, digestOf } from '../files/digest.ts';
import { readInput } from '../files/read-input.ts';
import { isTemporary } from '../files/temporary-path.ts';
import { writeWhole } from '../files/write-whole.ts';
import { packageRoot } from '../plugins/places.ts';
import { CodeVersions } from '../runner/code-version.ts';
import { RUN_FILE } from '../runner/run-record.ts';
import { HISTORY_FILE } from './stored-run-with-history.ts';

/** In the folder of a run: what its tables, figures, report and maps were made from, and their digests. */
const FILE = 'outputs.json';
const FOLDERS = ['tables', 'figures', 'maps'];
const REPORT = 'report.html';

const Outputs = z.object({
  format: z.literal(1),
  /** Digest of all that they were made from. */
  from: z.string(),
  /** SHA-256 of every file, by its path in the folder of the run. */
  files: z.record(z.string(), z.string()),
});

/** What outputs are made from, beside the files of the run. */
export interface OutputSources {
  /** Digest of the stored results of the cells. */
  readonly results: string;
  readonly own?: OwnViews | undefined;
}

/** Records the outputs of a run that have just been written. */
export async function recordOutputs(dir: string, sources: OutputSources): Promise<void> {
  const record = {
    format: 1,
    from: await digestOfSources(dir, sources),
    files: await digestsIn(dir),
  } as const;
  await writeWhole(
    join(dir, FILE),
    JSON.stringify(record satisfies z.output<typeof Outputs>, null, 1) + '\n',
  );
}

/** Whether all recorded outputs of a run are there as they were written, and would be made from the same again. */
export async function outputsAreCurrent(dir: string, sources: OutputSources): Promise<boolean> {
  const file = join(dir, FILE);
  if (!existsSync(file)) return false;
  try {
    const { from, files } = Outputs.parse(JSON.parse((await readInput(file)).toString('utf8')));
    if (files[REPORT] === undefined || from !== (await digestOfSources(dir, sources))) return false;
    const found = await digestsIn(dir);
    return Object.entries(files).every(([name, digest]) => found[name] === digest);
  } catch {
    // A record that can't be read proves nothing: the outputs are written again.
    return false;
  }
}

async function digestOfSources(dir: string, { results, own }: OutputSources): Promise<string> {
  const versions = new CodeVersions();
  const views = [...(own?.tables ?? []), ...(own?.figures ?? [])];
  const code = await Promise.all(views.map(async (module) => (await versions.of(module)).hash));
  const history = join(dir, HISTORY_FILE);
  return digestOf(
    JSON.stringify([
      await programDigest(),
      results,
      code,
      await contentHash(join(dir, RUN_FILE)),
      existsSync(history) ? await contentHash(history) : null,
    ]),
  );
}

/** Digest of this program: of its sources in a checkout, otherwise of its `package.json`, which has the version. */
async function programDigest(): Promise<string> {
  const { sourcesHash } = (await import(new URL('bin/sources-hash.mjs', packageRoot).href)) as {
    readonly sourcesHash: (root: URL) => string | null;
  };
  return sourcesHash(packageRoot) ?? digestOf(readFileSync(new URL('package.json', packageRoot)));
}

/** SHA-256 of every output in the folder of a run. What another process of the same run is just writing there is none yet. */
async function digestsIn(dir: string): Promise<Record<string, string>> {
  const files = existsSync(join(dir, REPORT)) ? [join(dir, REPORT)] : [];
  for (const folder of FOLDERS) {
    const path = join(dir, folder);
    if (!existsSync(path)) continue;
    const entries = await readdir(path, { recursive: true, withFileTypes: true });
    files.push(
      ...entries
        .filter((entry) => entry.isFile() && !isTemporary(entry.name))
        .map((entry) => join(entry.parentPath, entry.name)),
    );
  }
  // A file at a time: maps are large.
  const digests = await mapBounded(files, contentHash, 1);
  return Object.fromEntries(files.map((file, i) => [relative(dir, file).split(sep).join('/'), digests[i]]));
}
