import * as assert from 'uvu/assert';
import { InputError } from '../../src/contracts/input-error.ts';

/** Runs something that must be refused as wrong input, and checks that the message is one line that says what it should. */
export async function refused(work: () => unknown, ...says: readonly (string | RegExp)[]): Promise<string> {
  let message = '';
  try {
    await work();
  } catch (error) {
    assert.instance(error, InputError, `refused with ${String(error)}`);
    ({ message } = error as InputError);
  }
  assert.not.equal(message, '', 'accepted, but it must be refused');
  assert.not.match(message, /\n/);
  for (const word of says) {
    const found = typeof word === 'string' ? message.includes(word) : word.test(message);
    assert.ok(found, `expected ${String(word)} in: ${message}`);
  }
  return message;
}
