import { readFile } from 'node:fs/promises';

/** Reads a file of `assets/`, which every report carries inside. */
export async function readReportFile(name: string): Promise<Uint8Array> {
  return readFile(new URL(`assets/${name}`, import.meta.url));
}
