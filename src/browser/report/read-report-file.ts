import { readShipped } from '../files/read-shipped.ts';

/** Reads a file of `src/report/assets/`, which lies beside the page. */
export async function readReportFile(name: string): Promise<Uint8Array> {
  const bytes = await readShipped(`report/${name}`);
  if (!bytes) throw new Error(`the page is incomplete: report/${name} is missing`);
  return bytes;
}
