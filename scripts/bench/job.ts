/** The result of one round of one side. */
export interface Measurement {
  readonly seconds: number;
  /** Number of voxels or steps. */
  readonly units: number;
  /** Seconds per unit in the fastest stretch, if there were several; least affected by other load on the machine. */
  readonly least?: number;
  /** The implementation: `PyTorch 2.5, eager Adam`. */
  readonly version: string;
  /** Value of the objective per voxel, where quality is compared. */
  readonly objective?: readonly number[];
}

/** A Python peer in `scripts/peers/` and its arguments. */
export interface Peer {
  readonly name: string;
  readonly script: string;
  /** Arguments of the script, in addition to the voxels. */
  readonly ask: Readonly<Record<string, unknown>>;
  /** Number of voxels; slow peers get few. */
  readonly voxels: number;
}

/** A line of the table: our side and its peer. One file in `jobs/`, its default export. */
export interface Job {
  readonly title: string;
  readonly unit: 'voxel' | 'step';
  /** Required speed relative to the peer. */
  readonly atLeast: number | null;
  /** One round of ours, without warm-up, in its own process. */
  measure(size: Size): Promise<Measurement>;
  /** The other side: a Python peer, or another implementation of ours. */
  peer(size: Size): Peer | { readonly name: string; measure(): Promise<Measurement> };
}

export interface Size {
  readonly quick: boolean;
}
