import type { SavedModel, TissuePrior } from '../contracts/fitter.ts';
import { repeatsOf, type MeasuredProtocol } from '../data/measured-protocol.ts';
import { residualTestOf } from '../preparation/residual-test.ts';
import { importFitter } from './import-fitter.ts';
import { allocateScratch, fitPiece, type Slot } from './piece.ts';

/** Everything another thread needs to prepare the same fitter. Plain data. */
export interface LaneSetup {
  /** Address of the fitter's module. */
  readonly fitter: string;
  readonly settings: unknown;
  readonly seed: number;
  readonly tissue?: TissuePrior;
  readonly model?: SavedModel;
  readonly protocol: MeasuredProtocol;
  readonly sigma?: number;
}

/**
 * Prepares a fitter in this thread. The function returned fits the first `count` rows of a slot; pieces run one after the
 * other, since they share the working memory.
 * @param like a slot of the size of those that will be fitted
 */
export async function openLane(
  setup: LaneSetup,
  like: Slot,
): Promise<(slot: Slot, count: number) => Promise<void>> {
  const { protocol, sigma } = setup;
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
  const bench = allocateScratch(
    like.estimates.n,
    protocol.bValues.length,
    sigma !== undefined,
    like.estimates.quantiles !== undefined,
  );
  let last: Promise<void> = Promise.resolve();
  return (slot, count) => (last = last.then(() => fitPiece(prepared, protocol, slot, count, bench, sigma)));
}
