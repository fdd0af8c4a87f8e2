import './no-evaluation.ts';
import { answer } from './answer.ts';
import { sortFiles, type DroppedFiles } from './dropped-files.ts';
import { faultsOf } from './faults.ts';
import { inMemory } from './files/memory.ts';
import { allFitters } from './fitter-facts.ts';
import { OpenScan } from './open-scan.ts';

let scan: OpenScan | undefined;

const opened = (): OpenScan => {
  if (!scan) throw new Error('no scan is open');
  return scan;
};

/** What the page may ask of the worker that holds the scan. */
const calls = {
  fitters: allFitters,
  /** Adds files to those in memory, and tells what they are. */
  async sort(files: ReadonlyMap<string, Blob>): Promise<DroppedFiles> {
    for (const [name, file] of files) inMemory.set(name, file);
    return sortFiles([...files.keys()]);
  },
  /** @param same whether the series is that of the scan that is open, so that its fits stay */
  async open(files: DroppedFiles, same: boolean) {
    const next = await OpenScan.open(files, same ? scan : undefined);
    scan = next;
    return next.facts;
  },
  volume: (index: number) => opened().volume(index),
  keep: (...fit: Parameters<OpenScan['keep']>) => opened().keep(...fit),
  drop: async (id: number) => opened().drop(id),
  map: async (id: number, name: string) => opened().map(id, name),
  voxel: (index: number) => opened().voxel(index),
  encodeRegion: (labels: Uint8Array) => opened().encodeRegion(labels),
  regions: (...regions: Parameters<OpenScan['regions']>) => opened().regions(...regions),
  compare: (...fits: Parameters<OpenScan['compare']>) => opened().compare(...fits),
};
export type ScanCalls = typeof calls;

/** A call, numbered so that its answer can be told from others. */
export interface ScanRequest {
  readonly number: number;
  readonly call: keyof ScanCalls;
  readonly words: readonly unknown[];
}
export type ScanAnswer =
  | { readonly number: number; readonly result: unknown }
  | { readonly number: number; readonly faults: readonly string[] };

onmessage = async ({ data: { number, call, words } }: MessageEvent<ScanRequest>) => {
  try {
    const result = await (calls[call] as (...words: readonly unknown[]) => Promise<unknown>)(...words);
    const buffers = result instanceof Uint8Array ? [result.buffer] : [];
    answer<ScanAnswer>({ number, result }, buffers);
  } catch (error) {
    answer<ScanAnswer>({ number, faults: faultsOf(error) });
  }
};
