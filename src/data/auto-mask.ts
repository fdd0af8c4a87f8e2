/** Number of bins of the histogram. */
const LEVELS = 256;

/**
 * Computes a mask of the body from an image without diffusion weighting: the largest face-connected component above Otsu's
 * threshold (IEEE Trans Syst Man Cybern 1979;9:62-66).
 * @param image x fastest
 * @returns 1 inside, 0 outside; all 0 if the image is constant
 */
export function autoMask(image: Float64Array, shape: readonly [number, number, number]): Uint8Array {
  const level = otsuThreshold(image);
  return largestPart(
    Uint8Array.from(image, (value) => (value > level ? 1 : 0)),
    shape,
  );
}

/**
 * Returns the level that splits the values into two classes with maximum variance between them; Infinity if all values are
 * equal.
 */
export function otsuThreshold(values: Float64Array): number {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (!(high > low)) return Infinity;
  const counts = new Float64Array(LEVELS);
  const width = (high - low) / LEVELS;
  for (const value of values) {
    if (Number.isFinite(value)) counts[Math.min(LEVELS - 1, Math.floor((value - low) / width))]++;
  }
  const n = counts.reduce((sum, count) => sum + count);
  const total = counts.reduce((sum, count, k) => sum + count * k, 0);
  let [below, sumBelow, most, first, last] = [0, 0, -1, 0, 0];
  for (let k = 0; k < LEVELS - 1; k++) {
    below += counts[k];
    sumBelow += counts[k] * k;
    if (below === 0 || below === n) continue;
    const apart = sumBelow / below - (total - sumBelow) / (n - below);
    const between = below * (n - below) * apart * apart;
    if (between > most) [most, first, last] = [between, k, k];
    else if (between === most) last = k;
  }
  // If there is a gap between the classes, any level in it is optimal; take the middle.
  return low + width * ((first + last) / 2 + 1);
}

function largestPart(mask: Uint8Array, [nx, ny, nz]: readonly [number, number, number]): Uint8Array {
  const part = new Uint32Array(mask.length);
  const queue = new Uint32Array(mask.length);
  let [parts, best, most] = [0, 0, 0];
  for (let seed = 0; seed < mask.length; seed++) {
    if (mask[seed] === 0 || part[seed] > 0) continue;
    parts++;
    part[seed] = parts;
    queue[0] = seed;
    let size = 1;
    for (let at = 0; at < size; at++) {
      const voxel = queue[at];
      const x = voxel % nx;
      const y = Math.floor(voxel / nx) % ny;
      const z = Math.floor(voxel / (nx * ny));
      const visit = (neighbour: number) => {
        if (mask[neighbour] === 0 || part[neighbour] > 0) return;
        part[neighbour] = parts;
        queue[size++] = neighbour;
      };
      if (x > 0) visit(voxel - 1);
      if (x < nx - 1) visit(voxel + 1);
      if (y > 0) visit(voxel - nx);
      if (y < ny - 1) visit(voxel + nx);
      if (z > 0) visit(voxel - nx * ny);
      if (z < nz - 1) visit(voxel + nx * ny);
    }
    if (size > most) [best, most] = [parts, size];
  }
  return Uint8Array.from(part, (number) => (best > 0 && number === best ? 1 : 0));
}
