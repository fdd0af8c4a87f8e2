import type { ScanSpace } from './scan-space.ts';

/** Calls `visit` with every voxel's index (x fastest) and the position of its centre in mm. */
export function eachVoxel(
  { shape, columns, origin }: ScanSpace,
  visit: (index: number, x: number, y: number, z: number) => void,
): void {
  const [a, b, c] = columns;
  let index = 0;
  for (let k = 0; k < shape[2]; k++) {
    for (let j = 0; j < shape[1]; j++) {
      for (let i = 0; i < shape[0]; i++) {
        visit(
          index++,
          origin[0] + a[0] * i + b[0] * j + c[0] * k,
          origin[1] + a[1] * i + b[1] * j + c[1] * k,
          origin[2] + a[2] * i + b[2] * j + c[2] * k,
        );
      }
    }
  }
}
