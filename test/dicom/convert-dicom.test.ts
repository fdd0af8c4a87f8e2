import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { chooseSeries } from '../../src/dicom/choose-series.ts';
import { convertDicom, type DicomFile } from '../../src/dicom/convert-dicom.ts';
import { startDcm2niix } from '../../src/dicom/dcm2niix.ts';
import { isDicom } from '../../src/dicom/is-dicom.ts';
import { parseNiftiHeader } from '../../src/data/nifti-header.ts';
import { decodeNumbers } from '../../src/data/decode-numbers.ts';
import { refused } from '../data/refused.ts';
import { skip } from '../skip.ts';
import { dicomSeries, type BValueAs, type DicomSeries } from './dicom-series.ts';
import { EXAMPLE } from './example-dicom.ts';
import { NO_DCM2NIIX } from './installed.ts';

const test = suite('DICOM');

const fixture = (name: string): DicomFile => ({
  name: `${name}.dcm`,
  bytes: readFileSync(new URL(`../fixtures/dicom/${name}.dcm`, import.meta.url)),
});
const filesOf = (series: Partial<DicomSeries> & Pick<DicomSeries, 'as'>): DicomFile[] =>
  [...dicomSeries({ ...EXAMPLE, ...series })].map(([name, bytes]) => ({ name, bytes }));

/** The voxels of a converted series as they are stored. */
function voxelsOf(nii: Uint8Array): { header: ReturnType<typeof parseNiftiHeader>; data: ArrayLike<number> } {
  const header = parseNiftiHeader(nii, 'converted');
  return { header, data: decodeNumbers(nii.subarray(header.dataOffset), header.kind, header.littleEndian) };
}

test('DICOM is known by its contents', () => {
  assert.ok(isDicom(fixture('MR_small').bytes));
  // Without a preamble: group 0008 at once, explicit and implicit (PS3.5, 7.1).
  assert.ok(isDicom(Uint8Array.of(8, 0, 5, 0, 0x43, 0x53, 10, 0)));
  assert.ok(isDicom(Uint8Array.of(8, 0, 0, 0, 4, 0, 0, 0)));
  assert.not.ok(isDicom(Buffer.from('%PDF-1.7 and more of it')));
  assert.not.ok(isDicom(new Uint8Array(0)));
  assert.not.ok(isDicom(readFileSync(new URL('../../examples/scan/dwi.nii.gz', import.meta.url))));
});

test('without the optional package, one line says how to get it', async () => {
  await refused(
    () => startDcm2niix(() => {}, new URL('file:///nowhere/at-all/file.js')),
    '@niivue/dcm2niix, which is not installed',
    'npm install @niivue/dcm2niix',
  );
});

if (NO_DCM2NIIX !== undefined) skip(test, 'converts DICOM', NO_DCM2NIIX);
else {
  test('a real image has the voxels that pydicom reads, in every transfer syntax', async () => {
    for (const name of [
      'MR_small',
      'MR_small_bigendian',
      'MR_small_RLE',
      'MR_small_jp2klossless',
      'MR_small_jpeg_ls_lossless',
    ]) {
      const [series, ...others] = await convertDicom([fixture(name)], name);
      assert.is(others.length, 0);
      assert.is(series.volumes, 1);
      const { data, header } = voxelsOf(series.files.get('nii')!);
      assert.equal(header.shape, [64, 64, 1]);
      let sum = 0;
      let squares = 0;
      for (let i = 0; i < data.length; i++) {
        sum += data[i];
        squares += data[i] ** 2;
      }
      assert.is(sum, 2_125_338, name);
      assert.is(squares, 1_788_440_652, name);
      // dcm2niix turns rows round: the last voxel of DICOM ends the first row.
      assert.is(data[63], 862, name);
    }
  });

  test('one image is no diffusion series, and a file that is cut short makes no image', async () => {
    const series = await convertDicom([fixture('MR_small')], 'mr');
    await refused(() => chooseSeries(series, { where: 'mr' }), 'series 1 of mr has 1 volume');
    await refused(
      () => convertDicom([fixture('MR_truncated')], 'mr'),
      'mr: dcm2niix makes no image of its 1 DICOM file',
      'not large enough to store image data: MR_truncated.dcm',
    );
  });

  test('b-values are found where the standard, Siemens, GE and Philips have them, and voxels are unchanged', async () => {
    for (const as of ['standard', 'siemens', 'ge', 'philips'] satisfies BValueAs[]) {
      const [series, ...others] = await convertDicom(filesOf({ as }), as);
      assert.is(others.length, 0, as);
      assert.is(series.name, '5 IVIM liver');
      assert.equal(series.bValues, [...EXAMPLE.bValues], as);
      const { data, header } = voxelsOf(series.files.get('nii')!);
      assert.equal(header.shape, EXAMPLE.shape);
      assert.ok(
        EXAMPLE.values.every((value, i) => value === data[i]),
        as,
      );
    }
  });

  test('trace images of Siemens and Philips keep their b-values; those of GE, which dcm2niix takes for b=0, are refused', async () => {
    for (const as of ['siemens', 'philips'] satisfies BValueAs[]) {
      const [{ bValues, warnings }] = await convertDicom(filesOf({ as, trace: true }), as);
      assert.equal(bValues, [...EXAMPLE.bValues]);
      assert.ok(
        warnings.some((line) => /appears to be derived image .* \(and \d more like it\)$/.test(line)),
        warnings.join('\n'),
      );
    }
    const series = await convertDicom(filesOf({ as: 'ge', trace: true }), 'ge');
    await refused(
      () => chooseSeries(series, { where: 'ge' }),
      'series 5 IVIM liver of ge has the b-value 0 in all of its 8 volumes',
      'a .bval file gives others',
    );
    assert.is(chooseSeries(series, { where: 'ge', hasBValues: true }).volumes, 8);
  });

  test('of several series the one is taken that has b-values, or that is asked for', async () => {
    const liver = filesOf({ as: 'siemens' });
    const kidney = filesOf({ as: 'siemens', number: 12, description: 'IVIM kidney\x1b[31m red' });
    const t2 = filesOf({ as: 'siemens', number: 7, bValues: [0], description: 'T2' });
    const of = async (...files: DicomFile[][]) => convertDicom(files.flat(), 'disc');

    assert.is(chooseSeries(await of(liver, t2), { where: 'disc' }).name, '5 IVIM liver');
    const all = await of(liver, t2, kidney);
    const choose = (word?: string) => chooseSeries(all, { where: 'disc', ...(word ? { word } : {}) });
    assert.is(choose('5').name, '5 IVIM liver');
    assert.match(choose('kidney').name, /^12 IVIM kidney/);
    assert.not.match(choose('KIDNEY').name, /\x1b/); // oxlint-disable-line no-control-regex
    await refused(() => choose(), "disc holds 2 diffusion series: '5 IVIM liver', '12 IVIM kidney");
    await refused(() => choose('ivim'), '--series ivim means 2 diffusion series');
    await refused(() => choose('T2'), 'series 7 T2 of disc has 1 volume');
    await refused(() => choose('1'), '--series 1: no series of disc is called so', '7 T2');
  });
}

test.run();
