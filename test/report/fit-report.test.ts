import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Status } from '../../src/contracts/voxels.ts';
import type { FittedScan } from '../../src/fit-results/fitted-scan.ts';
import type { FitReport } from '../../src/report/fit/fit-report.ts';
import { renderFitReport } from '../../src/report/render-fit-report.ts';
import { fittedScan } from '../fit-results/fitted-scan.ts';

const test = suite('report of a fit');

const reportOf = (scan: FittedScan, more: Partial<FitReport> = {}): FitReport => ({
  title: 'dwi.nii.gz',
  label: 'least squares, global minimum',
  source: 'a paper',
  scan,
  settings: { bounds: 'wide' },
  noise: 'sigma 2, as given',
  expects: [],
  knowsItsRange: false,
  notes: [],
  versions: { 'ivim-bench': '0.1.0' },
  files: ['D.nii.gz'],
  ...more,
});

/** What a reader sees: without scripts, styles and addresses of images. */
const seen = (page: string): string =>
  page
    .replace(/<(script|style)[^>]*>.*?<\/\1>/gs, '')
    .replace(/src='[^']*'/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');

test('says how many voxels, which noise, and the medians with their units', async () => {
  const text = seen(await renderFitReport(reportOf(fittedScan([0, 1, -2, 3, 0], 2))));
  assert.match(text, '118 of 119 voxels have an estimate');
  assert.match(text, 'D 1.10 × 10⁻³ mm²/s, f 0.200, Dp 30.0 × 10⁻³ mm²/s');
  assert.match(text, 'sigma 2, as given');
  assert.match(text, '6 × 5 × 4 voxels of 2 × 2 × 4 mm');
  assert.match(text, 'median reduced chi-square 3.50');
  assert.match(text, 'notConverged');
  assert.match(text, 'right is on the left');
});

test('without noise there is R² and no chi-square; without deviations no such section', async () => {
  const scan = fittedScan();
  const maps = new Map([...scan.maps].filter(([name]) => !name.endsWith('_sd')));
  const text = seen(await renderFitReport(reportOf({ ...scan, maps })));
  assert.not.match(text, 'chi-square');
  assert.not.match(text, 'Uncertainty');
  assert.match(text, 'median R² 0.930');
});

test('texts of strangers are no HTML, and nothing is fetched', async () => {
  const evil = '<img src=x onerror=alert(1)>';
  const page = await renderFitReport(
    reportOf(fittedScan(), { title: evil, notes: [evil], command: evil, noise: evil, files: [evil] }),
  );
  assert.not.match(page, evil);
  assert.not.match(page.replace(/<script>.*?<\/script>/gs, ''), /(src|href)=["']?https?:/);
});

test('a fitter without f and Dp, one slice, a scan nobody placed, and no estimate at all are reported too', async () => {
  const scan = fittedScan();
  const none = new Float32Array(120).fill(NaN);
  const onlyD = new Map([...scan.maps].map(([name, map]) => [name, /^(Dp|f)/.test(name) ? none : map]));
  const text = seen(await renderFitReport(reportOf({ ...scan, maps: onlyD })));
  assert.match(text, 'medians: D 1.10 × 10⁻³ mm²/s.');
  const unplaced = { ...scan, grid: { ...scan.grid, placed: false, shape: [30, 4, 1] as const } };
  assert.match(seen(await renderFitReport(reportOf(unplaced))), 'does not say which side is which');
  const failed = {
    ...scan,
    status: scan.status.map(() => Status.notConverged),
    maps: new Map([...scan.maps.keys()].map((name) => [name, none])),
    measured: { ...scan.measured, voxels: new Uint32Array(0), values: new Float32Array(0) },
  };
  assert.match(seen(await renderFitReport(reportOf(failed))), '0 of 120 voxels have an estimate');
});

test('the same fit gives the same bytes', async () => {
  const report = reportOf(fittedScan([1, 0, 2, 0, 1], 2));
  assert.is(await renderFitReport(report), await renderFitReport(report));
});

test.run();
