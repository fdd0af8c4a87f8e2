import { rename, rm, writeFile } from 'node:fs/promises';

/** Writes a file under another name and renames it, so that nobody ever finds half of it. */
export async function writeWhole(path: string, content: string): Promise<void> {
  const part = `${path}.${process.pid}.part`;
  try {
    await writeFile(part, content);
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}
