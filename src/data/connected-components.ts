/** Connected components: 0 outside, then numbers from 1. */
export interface Components {
  readonly labels: Int32Array;
  /** Voxels of each component, the first one's first. */
  readonly sizes: readonly number[];
}

/**
 * Numbers the connected components of the voxels that are set, in the order of their first voxels.
 * @param inside x fastest; not 0 where set
 * @param touching what connects two voxels: a common face, or a face, an edge or a corner
 */
export function connectedComponents(
  inside: ArrayLike<number>,
  [nx, ny, nz]: readonly [number, number, number],
  touching: 'faces' | 'corners',
): Components {
  const labels = new Int32Array(nx * ny * nz);
  const queue = new Uint32Array(labels.length);
  const sizes: number[] = [];
  for (let seed = 0; seed < labels.length; seed++) {
    if (!inside[seed] || labels[seed] !== 0) continue;
    const label = sizes.length + 1;
    labels[seed] = label;
    queue[0] = seed;
    let size = 1;
    for (let at = 0; at < size; at++) {
      const voxel = queue[at];
      const x = voxel % nx;
      const y = Math.floor(voxel / nx) % ny;
      const z = Math.floor(voxel / (nx * ny));
      for (let k = Math.max(0, z - 1); k <= Math.min(nz - 1, z + 1); k++) {
        for (let j = Math.max(0, y - 1); j <= Math.min(ny - 1, y + 1); j++) {
          for (let i = Math.max(0, x - 1); i <= Math.min(nx - 1, x + 1); i++) {
            if (touching === 'faces' && Math.abs(i - x) + Math.abs(j - y) + Math.abs(k - z) > 1) continue;
            const next = i + nx * (j + ny * k);
            if (!inside[next] || labels[next] !== 0) continue;
            labels[next] = label;
            queue[size++] = next;
          }
        }
      }
    }
    sizes.push(size);
  }
  return { labels, sizes };
}
