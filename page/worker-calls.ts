import type { ScanAnswer, ScanCalls, ScanRequest } from '../src/browser/scan-worker.ts';

/** What a worker found wrong, in the words of the command line. */
export class Fault extends Error {
  readonly lines: readonly string[];

  constructor(lines: readonly string[]) {
    super(lines.join('\n'));
    this.lines = lines;
  }
}

interface Waiting {
  resolve(result: unknown): void;
  reject(fault: Fault): void;
}

/** Why a worker does not start. */
export const INCOMPLETE = 'the page is incomplete: load it again';

/** Starts a worker of the page. */
export const startWorker = (name: 'dicom-worker' | 'fit-worker' | 'scan-worker'): Worker =>
  new Worker(new URL(`${name}.js`, document.baseURI), { type: 'module' });

/** Opens the worker that holds the scan; the function returned calls it. */
export function openScanWorker() {
  const worker = startWorker('scan-worker');
  const waiting = new Map<number, Waiting>();
  let last = 0;
  worker.onmessage = ({ data }: MessageEvent<ScanAnswer>) => {
    const of = waiting.get(data.number);
    waiting.delete(data.number);
    if ('faults' in data) of?.reject(new Fault(data.faults));
    else of?.resolve(data.result);
  };
  worker.onerror = ({ message }) => {
    for (const of of waiting.values()) of.reject(new Fault([message || INCOMPLETE]));
    waiting.clear();
  };
  return <Call extends keyof ScanCalls>(call: Call, ...words: Parameters<ScanCalls[Call]>) =>
    new Promise<Awaited<ReturnType<ScanCalls[Call]>>>((resolve, reject) => {
      const number = ++last;
      waiting.set(number, { resolve: resolve, reject });
      worker.postMessage({ number, call, words } satisfies ScanRequest);
    });
}
