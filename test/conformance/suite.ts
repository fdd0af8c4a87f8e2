import { suite } from 'uvu';
import { conformanceChecks } from '../../src/conformance/checks.ts';
import type { Fitter } from '../../src/contracts/fitter.ts';

/**
 * Holds one fitter to its contract. Call it for every fitter of a file before anything is awaited: uvu runs what it
 * was given when the file's first turn ends.
 */
export function conformance(fitter: Fitter, name: string): void {
  const test = suite(`conformance of ${name}`);
  for (const check of conformanceChecks(fitter)) test(check.name, check.run);
  test.run();
}
