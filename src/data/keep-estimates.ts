import type { Estimates } from '../contracts/voxels.ts';

/** Copies a piece's estimates to their position among all. */
export function keepEstimates(all: Estimates, first: number, piece: Estimates): void {
  all.S0.set(piece.S0, first);
  all.D.set(piece.D, first);
  all.f.set(piece.f, first);
  all.Dp.set(piece.Dp, first);
  all.status.set(piece.status, first);
}
