import { workerData } from 'piscina';
import type { Draw } from './batches.ts';
import type { AheadSetup, AheadTask } from './batches-ahead.ts';

const { url, setup, slots } = workerData as AheadSetup;
const { default: prepare } = (await import(url)) as { default: (setup: unknown) => Draw };
const draw = prepare(setup);

/** Draws one batch into shared memory. */
export default function drawBatch({ step, slot }: AheadTask): void {
  draw(step, slots[slot].x, slots[slot].target);
}
