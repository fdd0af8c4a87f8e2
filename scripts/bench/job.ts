/** What one round of one side found. */
export interface Measurement {
  readonly seconds: number;
  /** Voxels or steps done in them. */
  readonly units: number;
  /** Seconds per unit in the quickest stretch, where there were several: what others' work on the machine slows least. */
  readonly least?: number;
  /** Who did it: `PyTorch 2.5, eager Adam`. */
  readonly version: string;
  /** Value of the objective per voxel, where quality is compared. */
  readonly objective?: readonly number[];
}

/** A Python peer in `scripts/peers/` and what it is asked. */
export interface Peer {
  readonly name: string;
  readonly script: string;
  /** Numbers and words the script reads beside the voxels. */
  readonly ask: Readonly<Record<string, unknown>>;
  /** Voxels handed over: slow peers get few. */
  readonly voxels: number;
}

/** A line of the table: our side, measured beside its peer. One file in `jobs/`, its default export. */
export interface Job {
  readonly title: string;
  readonly unit: 'voxel' | 'step';
  /** How many times the peer's speed is asked for. */
  readonly atLeast: number | null;
  /** One round of ours, warm-up left out. It runs in a process of its own. */
  measure(size: Size): Promise<Measurement>;
  /** The other side: a Python peer, or another way of ours. */
  peer(size: Size): Peer | { readonly name: string; measure(): Promise<Measurement> };
}

export interface Size {
  readonly quick: boolean;
}
