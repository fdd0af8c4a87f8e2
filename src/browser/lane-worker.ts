import './no-evaluation.ts';
import { openLane, type LaneSetup } from '../fitting/lane.ts';
import { allocateSlot, firstOf, type Slot, type SlotShape } from '../fitting/piece.ts';
import { answer } from './answer.ts';
import { arraysOf } from './arrays-of.ts';
import { faultsOf } from './faults.ts';

interface Piece {
  readonly slot: number;
  readonly count: number;
  readonly raw: Float64Array;
  readonly inside?: Uint8Array;
}

/** First the setup, then pieces. */
export type LaneMessage = { readonly lane: LaneSetup; readonly shape: SlotShape } | Piece;

/** The estimates of a piece, or why there are none. */
export type LaneAnswer =
  | { readonly slot: number; readonly arrays: readonly (Float64Array | Uint8Array)[] }
  | { readonly slot: number; readonly fault: readonly string[] };

let slot: Slot;
let lane: ReturnType<typeof openLane>;
let last: Promise<void> = Promise.resolve();

onmessage = ({ data }: MessageEvent<LaneMessage>) => {
  if ('lane' in data) {
    slot = allocateSlot(data.shape, (bytes) => new ArrayBuffer(bytes));
    lane = openLane(data.lane, slot);
    // Reported by the pieces.
    lane.catch(() => {});
  } else {
    // One after the other, since they share the slot.
    last = last.then(() => fitHere(data));
  }
};

async function fitHere({ slot: number, count, raw, inside }: Piece): Promise<void> {
  try {
    const fit = await lane;
    slot.raw.set(raw);
    if (inside) slot.inside?.set(inside);
    await fit(slot, count);
    const arrays = arraysOf(firstOf(slot.estimates, count)).map((values) => values.slice());
    answer<LaneAnswer>(
      { slot: number, arrays },
      arrays.map(({ buffer }) => buffer),
    );
  } catch (error) {
    answer<LaneAnswer>({ slot: number, fault: faultsOf(error) });
  }
}
