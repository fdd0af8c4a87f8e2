/** Rows of signals in a file, one per voxel, read in pieces so that a large file need not fit into memory. */
export interface RowSource {
  /** Rows, background included. */
  readonly n: number;
  /** b-value of every column in s/mm², in the order of the file, repeats and all. */
  readonly bValues: Float64Array;
  /** Whether the rows were already divided by a b=0 signal that is not among the columns. */
  readonly normalised: boolean;
  /** 0 for every row outside the mask, where there is one. Length n. */
  readonly inside?: Uint8Array;
  /** One step of the scaling of stored integers, see `Scheme.zeroWithin`; absent where numbers are stored as they are. */
  readonly zeroWithin?: number;
  /** What the user should know about the data. */
  readonly notes: readonly string[];
  /** Reads `count` rows from row `first` into `into`, row-major, as they are in the file but scaled to real numbers. */
  read(first: number, count: number, into: Float64Array): Promise<void>;
  close(): Promise<void>;
}
