/** How many files are open at the same time where many are read: far below the 1,024 that many systems allow a process. */
const OPEN_FILES = 64;

/**
 * Applies a function to every item, to a bounded number of them at the same time, and returns the results in the order of the
 * items. Rejects with the first error, once what is running has ended.
 */
export async function mapBounded<T, R>(
  items: readonly T[],
  work: (item: T, index: number) => Promise<R>,
  atOnce = OPEN_FILES,
): Promise<R[]> {
  const results = new Array<R>(items.length);
  let next = 0;
  let failed = false;
  const lane = async (): Promise<void> => {
    while (next < items.length && !failed) {
      const index = next++;
      try {
        results[index] = await work(items[index], index);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  const lanes = await Promise.allSettled(Array.from({ length: Math.min(atOnce, items.length) }, lane));
  const broken = lanes.find((each) => each.status === 'rejected');
  if (broken) throw broken.reason;
  return results;
}
