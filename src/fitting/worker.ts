import { workerData } from 'piscina';
import { repeatsOf } from '../data/measured-protocol.ts';
import { residualTestOf } from '../preparation/residual-test.ts';
import { thisIsWorker } from '../plugins/settling.ts';
import { importFitter } from './import-fitter.ts';
import { allocateScratch, fitPiece } from './piece.ts';
import type { WorkerSetup, WorkerTask } from './pool.ts';

thisIsWorker();
const setup = workerData as WorkerSetup;
const { protocol, slots, sigma } = setup;
const fitter = await importFitter(setup.fitter);
const averages = repeatsOf(protocol);
const prepared = await fitter.prepare(
  {
    bValues: protocol.bValues,
    averages,
    seed: setup.seed,
    ...(setup.tissue ? { tissue: setup.tissue } : {}),
    ...(setup.model ? { model: setup.model } : {}),
  },
  setup.settings,
);
Object.assign(prepared, { residualTest: residualTestOf(fitter, averages) });
const [{ estimates }] = slots;
const bench = allocateScratch(
  estimates.n,
  protocol.bValues.length,
  sigma !== undefined,
  estimates.quantiles !== undefined,
);

let last: Promise<void> = Promise.resolve();

/** Fits one piece in shared memory. Pieces run one after the other, since they share the working memory. */
export default function fitSlot({ slot, count }: WorkerTask): Promise<void> {
  last = last.then(() => fitPiece(prepared, protocol, slots[slot], count, bench, sigma));
  return last;
}
