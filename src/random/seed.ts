/**
 * Derives a seed for one purpose from the study's root seed and the names of the axes that identify the purpose:
 * `deriveSeed(2020, 'noise', 'snr', 20)`. It depends on nothing else, so no result depends on the order of execution.
 *
 * The names are hashed with 32-bit MurmurHash3 (Appleby 2011), with the root seed as the seed of the hash.
 *
 * @returns an integer 0..2³²-1
 */
export function deriveSeed(root: number, ...axes: readonly (string | number)[]): number {
  const bytes = new TextEncoder().encode(JSON.stringify(axes));
  let hash = root >>> 0;
  const blocks = bytes.length >>> 2;
  for (let i = 0; i < blocks; i++) {
    const at = i * 4;
    const block = bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24);
    hash ^= scramble(block);
    hash = (Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64) | 0;
  }
  let tail = 0;
  for (let i = bytes.length - 1; i >= blocks * 4; i--) tail = (tail << 8) | bytes[i];
  hash ^= scramble(tail);
  hash ^= bytes.length;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

function scramble(block: number): number {
  const k = Math.imul(block, 0xcc9e2d51);
  return Math.imul((k << 15) | (k >>> 17), 0x1b873593);
}
