import { InputError } from '../../contracts/input-error.ts';
import { firstOf } from '../../fitting/piece.ts';
import type { Pool, WorkerSetup } from '../../fitting/pool.ts';
import { arraysOf } from '../arrays-of.ts';
import type { LaneAnswer, LaneMessage } from '../lane-worker.ts';

/** Starts `threads` web workers, each of which prepares the fitter itself. Slots are copied there and back. */
export function startPool(threads: number, { slots, ...lane }: WorkerSetup): Pool {
  const [{ estimates, inside, raw }] = slots;
  const shape = {
    rows: estimates.n,
    columns: raw.length / estimates.n,
    masked: inside !== undefined,
    intervals: estimates.quantiles !== undefined,
  };
  const waiting = new Map<number, (answer: LaneAnswer) => void>();
  const broken = (reason: string) => {
    for (const answer of waiting.values()) answer({ slot: -1, fault: [reason] });
  };
  const workers = Array.from({ length: threads }, () => {
    const worker = new Worker(new URL('lane-worker.js', location.href), { type: 'module' });
    worker.onmessage = ({ data }: MessageEvent<LaneAnswer>) => waiting.get(data.slot)?.(data);
    worker.onerror = ({ message }) => broken(message);
    worker.postMessage({ lane, shape } satisfies LaneMessage);
    return worker;
  });
  return {
    async fit({ slot, count }) {
      const of = slots[slot];
      const answer = await new Promise<LaneAnswer>((resolve) => {
        waiting.set(slot, resolve);
        const rows = of.raw.slice(0, count * shape.columns);
        const mask = of.inside?.slice(0, count);
        const message: LaneMessage = { slot, count, raw: rows, ...(mask ? { inside: mask } : {}) };
        workers[slot % threads].postMessage(message, [rows.buffer]);
      });
      waiting.delete(slot);
      if ('fault' in answer) throw new InputError(answer.fault);
      arraysOf(firstOf(of.estimates, count)).forEach((to, i) => to.set(answer.arrays[i]));
    },
    close: async () => workers.forEach((worker) => worker.terminate()),
  };
}
