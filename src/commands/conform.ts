import { conformanceChecks } from '../conformance/checks.ts';
import { loadFitter } from '../plugins/discover.ts';
import { leaveToSystem } from '../terminal/interruption.ts';
import { printResult } from '../terminal/print.ts';

/**
 * Checks a fitter against its contract and prints a line per check.
 * @param fitter the name of a fitter, or the path of a file with one
 * @returns the exit code: 0 if all checks pass, else 1
 */
export async function conform(fitter: string): Promise<number> {
  const { name, value } = await loadFitter(fitter);
  const checks = conformanceChecks(value);
  let failed = 0;
  // A fitter that is being written may well run for ever.
  const listenAgain = leaveToSystem();
  for (const check of checks) {
    const reason = await check.run().then(
      () => null,
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );
    if (reason === null) {
      printResult(`ok    ${check.name}`);
    } else {
      failed++;
      // Only the first line: an assertion appends both values, however long they are.
      printResult(`FAIL  ${check.name}: ${reason.split('\n', 1)[0]}`);
    }
  }
  listenAgain();
  printResult(`${name}: ${checks.length - failed} of ${checks.length} checks passed`);
  return failed === 0 ? 0 : 1;
}
