import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readProtocol } from '../../src/config/read-protocol.ts';
import { protocolNames } from '../../src/plugins/discover.ts';
import { refused } from '../data/refused.ts';

const test = suite('protocols');

test('every protocol is valid and says where it was published', async () => {
  assert.ok(protocolNames().length >= 5);
  for (const name of protocolNames()) {
    const { source, bValues } = await readProtocol(name);
    assert.match(source, /\d{4}|github\.com/, name);
    assert.is(bValues[0], 0);
    bValues.slice(1).forEach((b, k) => assert.ok(b >= bValues[k], name));
  }
});

test('the schemes of the papers', async () => {
  const known: Record<string, number[]> = {
    // Barbieri et al., Magn Reson Med 2020;83:312-321, simulations.
    'barbieri-2020': [0, 10, 20, 60, 150, 300, 500, 1000],
    // Kaandorp et al., Magn Reson Med 2021;86:2250-2265: defaults of the published code.
    'kaandorp-2021': [0, 5, 10, 20, 30, 40, 60, 150, 300, 500, 700],
    // OSIPI task force 2.4, tests/IVIMmodels/unit_tests/generic.json.
    'osipi-generic': [0, 1, 2, 5, 10, 20, 30, 50, 75, 100, 150, 250, 350, 400, 550, 700, 850, 1000],
  };
  for (const [name, bValues] of Object.entries(known))
    assert.equal((await readProtocol(name)).bValues, bValues);
});

test('an unknown name is refused with the known ones', async () => {
  await refused(() => readProtocol('osipi'), 'unknown protocol osipi', 'osipi-generic');
});

test.run();
