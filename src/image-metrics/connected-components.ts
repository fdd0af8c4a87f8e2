/** Connected components: 0 outside, then numbers from 1. */
export interface Components {
  readonly labels: Int32Array;
  readonly count: number;
}

/**
 * Numbers the connected components of the voxels that are set, in the order of their first voxels. Voxels are connected that touch at a face, an edge or a corner.
 * @param inside x fastest; not 0 where set
 */
export function connectedComponents(
  inside: ArrayLike<number>,
  [nx, ny, nz]: readonly [number, number, number],
): Components {
  const labels = new Int32Array(nx * ny * nz);
  let count = 0;
  for (let start = 0; start < labels.length; start++) {
    if (!inside[start] || labels[start] !== 0) continue;
    labels[start] = ++count;
    const waiting = [start];
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
      const [x, y, z] = [at % nx, Math.floor(at / nx) % ny, Math.floor(at / (nx * ny))];
      for (let k = Math.max(0, z - 1); k <= Math.min(nz - 1, z + 1); k++) {
        for (let j = Math.max(0, y - 1); j <= Math.min(ny - 1, y + 1); j++) {
          for (let i = Math.max(0, x - 1); i <= Math.min(nx - 1, x + 1); i++) {
            const next = i + nx * (j + ny * k);
            if (!inside[next] || labels[next] !== 0) continue;
            labels[next] = count;
            waiting.push(next);
          }
        }
      }
    }
  }
  return { labels, count };
}
