import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { fit } from '../../src/commands/fit.ts';
import { readNifti } from '../../src/data/nifti-read.ts';
import { writeVolunteers } from '../../src/data/volunteers/write-volunteers.ts';
import { minimalNifti } from '../data/minimal-nifti.ts';
import { refused } from '../data/refused.ts';
import { scratchFolder } from '../data/scratch-folder.ts';
import { smallSettings } from '../data/volunteers-settings.ts';
import { skip } from '../skip.ts';

const test = suite('fit-bids');
const { path, put } = scratchFolder();
const slope = fileURLToPath(new URL('../fitting/slope-fitter.ts', import.meta.url));
const b = [0, 50, 400, 1000];
const decay = b.flatMap((each) => [100, 250, 0].map((S0) => S0 * Math.exp(-each * 1e-3)));
const scan = minimalNifti({ datatype: 64, shape: [3, 1, 1, 4], values: decay });
const named = put('sub-01_ses-a_run-2_dwi.nii', scan);
put('sub-01_ses-a_run-2_dwi.bval', b.join(' '));
const shared = { signals: [named], fitter: slope, quiet: true };
const folder = path('derivative');
const dwi = join(folder, 'sub-01', 'ses-a', 'dwi');
const map = (name: string) => join(dwi, `sub-01_ses-a_run-2_model-ivim_param-${name}`);

test('names keep the entities of the scan, every map has a sidecar with unit, model, fitter and b-values', async () => {
  await fit({ ...shared, bids: true, out: folder });
  const maps = readdirSync(dwi).filter((name) => name.endsWith('.nii.gz'));
  for (const name of maps) assert.ok(existsSync(join(dwi, name.replace('.nii.gz', '.json'))), name);
  const sidecar = JSON.parse(readFileSync(map('D_dwimap.json'), 'utf8')) as Record<string, unknown>;
  assert.is(sidecar.Units, 'mm^2/s');
  assert.equal(sidecar.BValues, b);
  assert.equal(sidecar.InputFiles, ['sub-01_ses-a_run-2_dwi.nii']);
  assert.match((sidecar.Model as { Parameters: { FitMethod: string } }).Parameters.FitMethod, 'slope');
  const about = JSON.parse(readFileSync(join(folder, 'dataset_description.json'), 'utf8')) as {
    DatasetType: string;
  };
  assert.is(about.DatasetType, 'derivative');
  assert.ok(existsSync(join(dwi, 'sub-01_ses-a_run-2_model-ivim_report.html')));
});

test('a second scan of the data set leaves its description as it is', async () => {
  writeFileSync(join(folder, 'dataset_description.json'), '{"Name": "mine"}');
  await fit({ ...shared, bids: true, out: folder });
  assert.is(readFileSync(join(folder, 'dataset_description.json'), 'utf8'), '{"Name": "mine"}');
});

test('headers say what viewers show: description, intent, range; the background may be 0', async () => {
  const header = (file: string) => new DataView(new Uint8Array(gunzipSync(readFileSync(file))).buffer);
  await fit({ ...shared, out: path('nan'), report: false });
  const view = header(path('nan/S0.nii.gz'));
  // nifti1.h: cal_max at 124, cal_min at 128, intent_code at 68 (1001: an estimate), descrip at 148.
  assert.equal(
    [view.getFloat32(124, true), view.getFloat32(128, true), view.getInt16(68, true)],
    [100, 0, 1001],
  );
  const text = new TextDecoder().decode(new Uint8Array(view.buffer, 148, 80));
  assert.match(text, 'S0: signal at b=0, unit of the scan');
  assert.ok(Number.isNaN((await readNifti(path('nan/D.nii.gz'))).data[2]));
  await fit({ ...shared, out: path('zero'), background: 'zero', report: false });
  assert.is((await readNifti(path('zero/D.nii.gz'))).data[2], 0);
  assert.is(
    (await readNifti(path('zero/S0.nii.gz'))).data[0],
    (await readNifti(path('nan/S0.nii.gz'))).data[0],
  );
});

test('mistakes are named', async () => {
  const plain = put('scan.nii', scan);
  put('scan.bval', b.join(' '));
  await refused(
    () => fit({ ...shared, signals: [plain], bids: true, out: path('none') }),
    '--bids',
    'scan.nii does not say whose scan',
    'sub-01_ses-1_dwi.nii.gz',
  );
  const csv = put('t.csv', 'b0,b50,b400,b1000\n1,0.9,0.6,0.3\n');
  const table = { ...shared, signals: [csv], out: path('t-out.csv') };
  await refused(() => fit({ ...table, bids: true }), '--bids', 'is a table');
  await refused(() => fit({ ...table, background: 'zero' }), '--background zero', 'is a table');
});

const VALIDATOR = 'bids-validator-deno';
const found = spawnSync(VALIDATOR, ['--version']).status === 0;
if (!found) {
  skip(
    test,
    'the BIDS validator on what simulate and fit write',
    `${VALIDATOR} is not installed (pip install ${VALIDATOR})`,
  );
} else {
  test('the BIDS validator accepts what simulate and fit write', async () => {
    const data = path('data');
    await writeVolunteers(data, await smallSettings());
    const series = readdirSync(data, { recursive: true, encoding: 'utf8' }).find((name) =>
      name.endsWith('_dwi.nii.gz'),
    )!;
    const maps = path('maps');
    mkdirSync(maps);
    await fit({ ...shared, signals: [join(data, series)], bids: true, out: maps });
    for (const each of [data, join(data, 'derivatives/truth'), join(data, 'derivatives/readers'), maps]) {
      const { stdout } = spawnSync(VALIDATOR, [each, '--json'], { encoding: 'utf8' });
      const { issues } = JSON.parse(stdout) as {
        issues: { issues: { code: string; severity: string; location?: string }[] };
      };
      assert.equal(
        issues.issues
          .filter(({ severity }) => severity === 'error')
          .map(({ code, location }) => `${code} ${location}`),
        [],
        each,
      );
    }
  });
}

test.run();
