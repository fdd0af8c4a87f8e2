import { workerData } from 'piscina';
import { thisIsWorker } from '../plugins/settling.ts';
import { openLane } from './lane.ts';
import type { WorkerSetup, WorkerTask } from './pool.ts';

thisIsWorker();
const { slots, ...setup } = workerData as WorkerSetup;
const fitPiece = await openLane(setup, slots[0]);

/** Fits one piece in shared memory. */
export default function fitSlot({ slot, count }: WorkerTask): Promise<void> {
  return fitPiece(slots[slot], count);
}
