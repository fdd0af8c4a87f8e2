import { join } from 'node:path';
import { stageFiles } from './staged-files.ts';

/** Files that are written, but do not have their names yet. */
export interface WrittenFiles {
  readonly paths: readonly string[];
  /** Gives every file its name. */
  commit(): Promise<void>;
  /** Removes them. */
  discard(): void;
}

/**
 * Writes files into a folder, which is made where it isn't there, under temporary names.
 * @param contents by name
 * @throws InputError where the folder can't be written to; nothing is left then
 */
export async function stageTogether(
  dir: string,
  contents: ReadonlyMap<string, string | Uint8Array>,
): Promise<WrittenFiles> {
  const path = (name: string) => join(dir, name);
  const paths = [...contents.keys()].map(path);
  const staged = stageFiles(paths);
  try {
    for (const [name, data] of contents) await (await staged.handle(path(name))).writeFile(data);
  } catch (error) {
    staged.discard();
    throw error;
  }
  return { paths, commit: () => staged.commit(), discard: () => staged.discard() };
}

/**
 * Writes files into a folder, which is made where it isn't there: all of them, or none and no folder.
 * @param contents by name
 * @returns the files' paths
 * @throws InputError where the folder can't be written to
 */
export async function writeTogether(
  dir: string,
  contents: ReadonlyMap<string, string | Uint8Array>,
): Promise<readonly string[]> {
  const written = await stageTogether(dir, contents);
  try {
    await written.commit();
  } catch (error) {
    written.discard();
    throw error;
  }
  return written.paths;
}
