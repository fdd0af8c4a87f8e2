import type { Test } from 'uvu';

/** Leaves a test out where it cannot run, and says so: the line and the count appear at the end of `npm test`. */
export function skip(test: Test, name: string, reason: string): void {
  test.skip(name, () => {});
  process.stdout.write(`\nSKIP ${name}: ${reason}\n`);
}
