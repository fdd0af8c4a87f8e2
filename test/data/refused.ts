import * as assert from 'uvu/assert';
import { InputError } from '../../src/contracts/input-error.ts';

/** Runs something that must be refused as wrong input, and checks that each fault is one line and that they say what they should. */
export async function refused(work: () => unknown, ...says: readonly (string | RegExp)[]): Promise<string> {
  let message = '';
  let faults: readonly string[] = [];
  try {
    await work();
  } catch (error) {
    assert.instance(error, InputError, `refused with ${String(error)}`);
    ({ message, faults } = error as InputError);
  }
  assert.not.equal(message, '', 'accepted, but it must be refused');
  for (const fault of faults) assert.not.match(fault, /\n/);
  for (const word of says) {
    const found = typeof word === 'string' ? message.includes(word) : word.test(message);
    assert.ok(found, `expected ${String(word)} in: ${message}`);
  }
  return message;
}
