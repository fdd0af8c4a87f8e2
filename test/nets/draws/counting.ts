import type { Draw } from '../../../src/nets/ahead/batches.ts';

/** Batches that say which they are, and break off at a step where asked to. */
export default function counting({ failsAt }: { readonly failsAt: number }): Draw {
  let drawn = 0;
  return (step, x, target) => {
    if (step === failsAt) throw new RangeError(`nothing to draw at step ${step}`);
    // Steps come in turn, so that a collection may grow from one to the next.
    x.fill(step);
    target.fill(drawn++);
  };
}

export const url = import.meta.url;
