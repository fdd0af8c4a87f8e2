/** Regions of a scan: a number for every voxel, and a name for every number. */
export interface Regions {
  /** x fastest; 0 outside of all regions. */
  readonly labels: Int32Array;
  /** In the order of tables; a region may have no voxel. */
  readonly names: ReadonlyMap<number, string>;
}
