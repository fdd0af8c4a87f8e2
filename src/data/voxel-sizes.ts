/** Returns the sizes of a voxel in mm along the three axes of the grid. @param affine rows of voxel indices to mm */
export const voxelSizes = (affine: readonly (readonly number[])[]): [number, number, number] => {
  const along = (axis: number) => Math.hypot(affine[0][axis], affine[1][axis], affine[2][axis]);
  return [along(0), along(1), along(2)];
};
