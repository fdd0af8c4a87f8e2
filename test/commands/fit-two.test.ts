import { existsSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { fit } from '../../src/commands/fit.ts';
import { fitDifferences } from '../../src/fit-results/fit-differences.ts';
import { refused } from '../data/refused.ts';
import { scratchFolder } from '../data/scratch-folder.ts';
import { fittedScan } from '../fit-results/fitted-scan.ts';

const test = suite('fit-two');
const { path, put } = scratchFolder();
const scan = fileURLToPath(new URL('../../examples/scan/dwi.nii.gz', import.meta.url));
const mask = fileURLToPath(new URL('../../examples/scan/mask.nii.gz', import.meta.url));
const shared = { signals: [scan], mask, out: path('maps'), quiet: true };

test('differences are second minus first over the voxels that both have', () => {
  const first = fittedScan();
  const D = first.maps.get('D')!.map((value, i) => (i === 5 ? NaN : value + 1e-4));
  const second = { ...first, maps: new Map([...first.maps, ['D', D]]) };
  const [ofD, ofF] = fitDifferences(first, second);
  assert.is(ofD.agreement.n, 117);
  assert.ok(Math.abs(ofD.agreement.bias.value - 1e-4) < 1e-9);
  assert.ok(ofD.agreement.sd < 1e-9 && ofD.correlation > 1 - 1e-9);
  assert.is(ofF.agreement.bias.value, 0);
});

test('two fitters write a folder each and a page of differences; settings go to the one they name', async () => {
  const code = await fit({ ...shared, fitter: 'ls-global,segmented', set: ['segmented.threshold=200'] });
  assert.is(code, 0);
  for (const file of ['ls-global/D.nii.gz', 'segmented/report.html', 'report.html']) {
    assert.ok(existsSync(path(`maps/${file}`)), file);
  }
  const sidecar = JSON.parse(readFileSync(path('maps/segmented/status.json'), 'utf8')) as {
    settings: { threshold: number };
  };
  assert.is(sidecar.settings.threshold, 200);
  const [header, ...lines] = readFileSync(path('maps/differences.csv'), 'utf8').trimEnd().split('\n');
  assert.match(header, 'parameter,unit,mean_first,mean_second,mean_difference');
  assert.is(lines.length, 3);
});

test('if the second fitter fails, nothing of the first is written', async () => {
  const out = path('half');
  await refused(() => fit({ ...shared, out, fitter: 'ls,mmse' }), 'tissue');
  assert.not.ok(existsSync(out));
  put('half', 'a file in the way');
  await refused(() => fit({ ...shared, out, fitter: 'ls,ls-global' }), 'half');
  assert.is(readFileSync(out, 'utf8'), 'a file in the way');
  // What cannot be written is noticed at the end: the page of differences.
  mkdirSync(path('late/report.html'), { recursive: true });
  await refused(() => fit({ ...shared, out: path('late'), fitter: 'ls,ls-global' }), 'it is a folder');
  assert.equal(readdirSync(path('late')), ['report.html']);
});

test('mistakes are named, and nothing is written', async () => {
  const out = path('none');
  const two =
    (fitter: string, more = {}) =>
    () =>
      fit({ ...shared, fitter, out, ...more });
  await refused(two('ls,ls-global,map'), '3 fitters', 'allowed: one, or two');
  await refused(two('ls,'), 'a name is missing');
  await refused(two('ls,ls'), 'ls is given twice');
  await refused(two('ls,ls-globl'), 'ls-globl', 'ls-global');
  await refused(two('ls,segmented', { set: ['threshold=200'] }), 'segmented.threshold=200');
  await refused(two('ls,segmented', { model: 'networks' }), '--model networks', 'belongs to one fitter');
  const csv = put('t.csv', 'b0,b50,b400,b1000\n1,0.9,0.6,0.3\n');
  await refused(two('ls,map', { signals: [csv] }), 'on a NIfTI scan');
  assert.not.ok(existsSync(out));
});

test.run();
