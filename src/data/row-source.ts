/** Rows of signals in a file, one per voxel, read in pieces so that a large file need not fit into memory. */
export interface RowSource {
  /** Number of rows, including background. */
  readonly n: number;
  /** b-value of every column in s/mm², in the order of the file, including repeats. */
  readonly bValues: Float64Array;
  /** Whether the rows were already divided by a b=0 signal that is not among the columns. */
  readonly normalised: boolean;
  /** 0 for every row outside the mask, if there is one. Length n. */
  readonly inside?: Uint8Array;
  /** Noise of one measurement of every row in the unit of the rows, where each has its own. Length n. */
  readonly sigma?: Float64Array;
  /** One step of the scaling of stored integers, see `MeasuredProtocol.zeroWithin`; absent if numbers are not scaled. */
  readonly zeroWithin?: number;
  /** Notes on the data for the user. */
  readonly notes: readonly string[];
  /** Reads `count` rows starting at `first` into `into`, row-major, as in the file but scaled to real numbers. */
  read(first: number, count: number, into: Float64Array): Promise<void>;
  close(): Promise<void>;
}
