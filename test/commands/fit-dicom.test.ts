import { existsSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { fit } from '../../src/commands/fit.ts';
import { minimalNifti } from '../data/minimal-nifti.ts';
import { refused } from '../data/refused.ts';
import { scratchFolder } from '../data/scratch-folder.ts';
import { EXAMPLE, putSeries } from '../dicom/example-dicom.ts';
import { NO_DCM2NIIX } from '../dicom/installed.ts';
import { skip } from '../skip.ts';
import { inProcess } from './command-line.ts';

const test = suite('fit of DICOM');
const { path, put } = scratchFolder();
const UINT16 = 512;

/** The scan as NIfTI with the geometry of the DICOM files. */
const [nx, ny, nz] = EXAMPLE.shape;
const [dx, dy, dz] = EXAMPLE.sizes;
const scan = put(
  'scan.nii',
  minimalNifti({
    datatype: UINT16,
    shape: [nx, ny, nz, EXAMPLE.bValues.length],
    values: Array.from(EXAMPLE.values),
    pixdim: [1, dx, dy, dz],
    sform: [-dx, 0, 0, 0, 0, dy, 0, -dy * (ny - 1), 0, 0, dz, 0],
    sformCode: 1,
  }),
);
put('scan.bval', EXAMPLE.bValues.join(' '));
const mask = put(
  'mask.nii',
  minimalNifti({
    datatype: 2,
    shape: [nx, ny, nz],
    values: Array.from({ length: nx * ny * nz }, (_, i) => (i % nx > 10 && i % nx < 20 ? 1 : 0)),
    pixdim: [1, dx, dy, dz],
    sform: [-dx, 0, 0, 0, 0, dy, 0, -dy * (ny - 1), 0, 0, dz, 0],
    sformCode: 1,
  }),
);
const left = () => readdirSync(tmpdir()).filter((name) => name.startsWith('ivim-bench-dicom-'));

if (NO_DCM2NIIX !== undefined) skip(test, 'fits DICOM', NO_DCM2NIIX);
else {
  test('a fit of DICOM equals that of the NIfTI with the same voxels, and the converted scan lies beside it', async () => {
    const shared = { mask, report: false, quiet: true };
    await fit({ ...shared, signals: [scan], out: path('nifti') });
    for (const as of ['siemens', 'ge', 'philips'] as const) {
      const out = path(`maps-${as}`);
      assert.is(await fit({ ...shared, signals: [putSeries(path(as), { as })], out }), 0);
      for (const name of readdirSync(path('nifti')).filter((each) => each.endsWith('.nii.gz'))) {
        const [ours, theirs] = [path(`nifti/${name}`), join(out, name)].map((file) =>
          gunzipSync(readFileSync(file)),
        );
        assert.ok(theirs.subarray(352).equals(ours.subarray(352)), `${as}: ${name}`);
      }
      assert.is(readFileSync(join(out, 'from-dicom.bval'), 'utf8').trim(), EXAMPLE.bValues.join(' '));
      const kept = gunzipSync(readFileSync(join(out, 'from-dicom.nii.gz')));
      assert.ok(kept.subarray(352).equals(readFileSync(scan).subarray(352)));
      const sidecar = readFileSync(join(out, 'from-dicom.json'), 'utf8');
      assert.not.match(sidecar, 'Volunteer');
    }
    assert.equal(left(), []);
  });

  test('what dcm2niix warns of is passed on, and the report names the series', async () => {
    const { code, stderr } = await inProcess(
      'fit',
      putSeries(path('warned'), { as: 'philips', trace: true, description: 'IVIM <b>\x1b[31m' }),
      ...['--mask', mask, '--fitter', 'segmented,ls', '--out', path('two')],
    );
    assert.is(code, 0);
    assert.match(stderr, 'dcm2niix: Warning: Isotropic DWI series, all bvecs are zero');
    assert.match(stderr, 'fitted is the DICOM series 5 IVIM');
    assert.not.match(stderr, /\x1b/); // oxlint-disable-line no-control-regex
    assert.ok(existsSync(path('two/from-dicom.nii.gz')));
    const report = readFileSync(path('two/ls/report.html'), 'utf8');
    assert.match(report, 'series 5 IVIM &lt;b&gt;');
    assert.match(report, 'Isotropic DWI series');
  });

  test('b-values that dcm2niix does not find can be given', async () => {
    const folder = putSeries(path('trace'), { as: 'ge', trace: true });
    const out = path('given');
    const options = { signals: [folder], mask, fitter: 'ls', report: false, quiet: true, out };
    await refused(() => fit(options), 'series 5 IVIM liver', 'the b-value 0 in all of its 8 volumes');
    assert.not.ok(existsSync(out));
    assert.is(await fit({ ...options, bval: path('scan.bval') }), 0);
    assert.match(readFileSync(join(out, 'from-dicom.bval'), 'utf8'), '150 300 500 1000');
  });

  test('one file of DICOM is read by its contents', async () => {
    const file = new URL('../fixtures/dicom/MR_small.dcm', import.meta.url).pathname;
    await refused(
      () => fit({ signals: [file], out: path('none'), quiet: true }),
      'series 1 of',
      'has 1 volume; a fit needs one per b-value in one series',
    );
  });
}

test('what does not go with DICOM is refused, and nothing is written', async () => {
  const out = path('none');
  const folder = putSeries(path('siemens'), { as: 'siemens' });
  const of =
    (signals: string[], more = {}) =>
    () =>
      fit({ signals, out, quiet: true, ...more });
  await refused(of([folder], { bids: true }), '--bids', 'is DICOM');
  await refused(of([folder, scan]), `${folder} is DICOM, ${scan} is not`);
  await refused(of([scan], { series: '5' }), '--series 5', 'is not DICOM');
  await refused(of([scan], { mask: folder }), `cannot read ${folder}: it is a folder, not a file`);
  await refused(of([scan], { regions: folder }), `cannot read ${folder}: it is a folder, not a file`);
  mkdirSync(path('empty'));
  await refused(of([path('empty')]), 'it is empty');
  mkdirSync(path('images'));
  put('images/scan.nii', readFileSync(scan));
  await refused(of([path('images')]), 'none of its 1 file is DICOM', `name the image: ${path('images')}`);
  mkdirSync(path('again'));
  const bval = put('again/from-dicom.bval', '0 10');
  await refused(of([folder], { bval, out: path('again') }), 'over the input', bval);
  assert.not.ok(existsSync(out));
});

test.run();
