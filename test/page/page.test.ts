import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import axe from 'axe-core';
import { unzipSync } from 'fflate';
import { chromium, type Browser, type Page } from 'playwright-core';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { fit } from '../../src/commands/fit.ts';
import { servePage, type PageServer } from '../../src/commands/page-server.ts';
import { encodeNiftiGz } from '../../src/data/nifti-gz.ts';
import { readNifti } from '../../src/data/nifti-read.ts';
import { FLAGS, NO_BROWSER, executablePath } from '../chromium.ts';
import { putSeries } from '../dicom/example-dicom.ts';
import { NO_DCM2NIIX } from '../dicom/installed.ts';
import { skip } from '../skip.ts';

const test = suite('the page');
const root = resolve(import.meta.dirname, '../..');
const WEBGL = ['--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'];
const CORD = join(root, 'examples/spinal-cord-7t');
const cord = (name: string) => join(CORD, name);
const SCAN = ['dwi.nii.gz', 'dwi.bval', 'cord.nii.gz'].map(cord);

/** Of a CSV, with the comma before it. */
const LAST_COLUMN = /,([^,\n]*)$/gm;

interface Opened {
  readonly page: Page;
  /** Errors on the console, and requests to elsewhere. */
  readonly complaints: string[];
}

if (executablePath === undefined) {
  skip(test, 'fits in Chromium', NO_BROWSER);
} else {
  const dir = mkdtempSync(join(tmpdir(), 'ivim-page-'));
  let browser: Browser;
  let server: PageServer;

  test.before(async () => {
    const page = join(dir, 'page');
    await promisify(execFile)(process.execPath, ['scripts/build-page.mjs', page], { cwd: root });
    server = await servePage(page, []);
    browser = await chromium.launch({ executablePath: executablePath!, args: [...FLAGS, ...WEBGL] });
  });
  test.after(async () => {
    await browser.close();
    await server.close();
    rmSync(dir, { recursive: true });
  });

  async function open(): Promise<Opened> {
    const page = await browser.newPage({ viewport: { width: 1300, height: 700 }, acceptDownloads: true });
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => {
      const address = request.url();
      if (!/^(data|blob):/.test(address) && !address.startsWith(server.url))
        complaints.push(`request: ${address}`);
    });
    await page.goto(server.url);
    return { page, complaints };
  }

  const give = (page: Page, files: Parameters<ReturnType<Page['locator']>['setInputFiles']>[0]) =>
    page.locator('input[data-files]').first().setInputFiles(files);

  /** Drops files on the page as a person does. */
  async function drop(page: Page, files: readonly string[]): Promise<void> {
    const contents = files.map((file) => [basename(file), readFileSync(file).toString('base64')] as const);
    const transfer = await page.evaluateHandle((all) => {
      const data = new DataTransfer();
      for (const [name, text] of all) {
        data.items.add(new File([Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0))], name));
      }
      return data;
    }, contents);
    await page.dispatchEvent('.page', 'drop', { dataTransfer: transfer });
  }

  async function download(page: Page, button: string): Promise<Uint8Array> {
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: button }).click(),
    ]);
    return readFileSync(await file.path());
  }

  /** Faults by the rules of WCAG 2.2, levels A and AA. */
  async function faultsOf(page: Page): Promise<string[]> {
    // Through the debugger: the page's policy refuses scripts that are put into it.
    await page.evaluate(axe.source);
    return page.evaluate(async () => {
      const { violations } = await (globalThis as unknown as { axe: typeof axe }).axe.run({
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
      });
      return violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`,
      );
    });
  }

  /** The same fit on the command line. */
  async function fitHere(fitter: string): Promise<string> {
    const out = join(dir, `maps-${fitter}`);
    const [signals, bval, mask] = SCAN;
    await fit({ signals: [signals], bval, mask, fitter, out, report: false, quiet: true });
    return out;
  }

  let shared: Opened;

  test('a scan that is dropped is fitted to maps that equal those of ivim-bench fit to the last bit', async () => {
    shared = await open();
    const { page, complaints } = shared;
    await drop(page, SCAN);
    await page.waitForSelector('.bench');
    for (const [i, fitter] of ['any-protocol-net', 'ls-global'].entries()) {
      await page.locator('select[name=fitter]').selectOption(fitter);
      await page.getByRole('button', { name: 'Fit', exact: true }).click();
      await page.locator('.fits > li').nth(i).waitFor({ timeout: 60_000 });
      const files = unzipSync(await download(page, 'Maps (.zip)'));
      const out = await fitHere(fitter);
      const names = readdirSync(out).sort();
      assert.equal(Object.keys(files).sort(), names);
      for (const name of names.filter((each) => each.endsWith('.nii.gz'))) {
        const here = gunzipSync(readFileSync(join(out, name)));
        assert.ok(here.equals(gunzipSync(files[name])), `${fitter}: ${name}`);
      }
    }
    assert.equal(complaints, []);
  });

  test('a click on the map shows the estimates of the voxel, as the maps of ivim-bench fit have them', async () => {
    const { page, complaints } = shared;
    const map = page.locator('.view canvas').nth(1);
    const { width, height } = (await map.boundingBox())!;
    // In the axial slice, beside the cord's centre.
    await map.click({ position: { x: 0.3 * width, y: 0.5 * height } });
    await page.waitForSelector('.decay path.main');
    const place = (axis: string) => page.locator(`input[name=${axis}]`).inputValue();
    const [x, y, z] = (await Promise.all(['x', 'y', 'z'].map(place))).map(Number);
    for (const [column, fitter] of ['any-protocol-net', 'ls-global'].entries()) {
      for (const parameter of ['D', 'f', 'Dp', 'S0']) {
        const { data, header } = await readNifti(join(dir, `maps-${fitter}`, `${parameter}.nii.gz`));
        const expected = data[x + header.shape[0] * (y + header.shape[1] * z)];
        const cell = page.locator(`td[data-parameter=${parameter}]`).nth(column);
        assert.is(Number(await cell.getAttribute('data-value')), expected, `${fitter}: ${parameter}`);
        assert.ok(Number.isFinite(expected), 'the voxel was fitted');
      }
    }
    assert.is(await page.locator('.decay circle').count(), 11);
    assert.is(await page.locator('.decay path.band').count(), 1);
    assert.equal(complaints, []);
  });

  test('statistics of a drawn region are those of its voxels in the maps', async () => {
    const { page, complaints } = shared;
    const scan = page.locator('.view canvas').first();
    await page.getByRole('button', { name: 'Draw region' }).click();
    await scan.scrollIntoViewIfNeeded();
    const { x, y, width, height } = (await scan.boundingBox())!;
    const at = (right: number, down: number) => [x + right * width, y + down * height] as const;
    await page.mouse.move(...at(0.29, 0.46));
    await page.mouse.down();
    for (const corner of [at(0.33, 0.46), at(0.33, 0.54), at(0.29, 0.54), at(0.29, 0.46)]) {
      await page.mouse.move(...corner, { steps: 4 });
    }
    await page.mouse.up();
    const cell = page.locator('td[data-region="1"][data-parameter=D]');
    await cell.waitFor();
    await writeFile(join(dir, 'region.nii.gz'), await download(page, 'Region (.nii.gz)'));
    const region = await readNifti(join(dir, 'region.nii.gz'));
    const map = await readNifti(join(dir, 'maps-ls-global', 'D.nii.gz'));
    assert.equal(region.header.affine, map.header.affine);
    const inside = Array.from(map.data).filter((value, i) => region.data[i] === 1 && Number.isFinite(value));
    assert.ok(inside.length > 30, `${inside.length} voxels were drawn`);
    const mean = inside.reduce((sum, value) => sum + value, 0) / inside.length;
    const squares = inside.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    const read = async (what: string) => Number(await cell.getAttribute(`data-${what}`));
    assert.is(await read('n'), inside.length);
    assert.ok(Math.abs((await read('mean')) / mean - 1) < 1e-12, 'mean');
    assert.ok(
      Math.abs((await read('sd')) / Math.sqrt(squares / (inside.length - 1)) - 1) < 1e-12,
      'standard deviation',
    );
    assert.match(new TextDecoder().decode(await download(page, 'Table (.csv)')), `drawn region,1,D,`);
    assert.equal(complaints, []);
  });

  test('statistics of loaded regions are those of --regions, and so is the table in the archive', async () => {
    const { page, complaints } = shared;
    const map = await readNifti(cord('cord.nii.gz'));
    const halves = map.data.length / 2;
    const labels = {
      ...map.header,
      shape: map.header.shape,
      name: 'labels',
      description: 'halves of the cord',
    };
    const image = await encodeNiftiGz(map.header, {
      ...labels,
      data: Uint8Array.from(map.data, (value, i) => (value > 0 ? (i < halves ? 1 : 4) : 0)),
    });
    await writeFile(join(dir, 'labels.nii.gz'), image);
    await writeFile(join(dir, 'labels.tsv'), 'index\tname\n1\tlower\n4\tupper, other\n7\tnowhere\n');
    await give(page, [join(dir, 'labels.nii.gz'), join(dir, 'labels.tsv')]);
    const cell = page.locator('td[data-region="4"][data-parameter=D]');
    await cell.waitFor();
    const [signals, bval, mask] = SCAN;
    const out = join(dir, 'maps-regions');
    const shown = { signals: [signals], bval, mask, fitter: 'ls-global', report: false, quiet: true };
    const regions = { regions: join(dir, 'labels.nii.gz'), labels: join(dir, 'labels.tsv') };
    await fit({ ...shown, ...regions, out });
    const expected = readFileSync(join(out, 'regions.csv'), 'utf8');
    // The page does not fit mean signals of regions that are loaded after a fit.
    const withoutMeans = expected.replace(LAST_COLUMN, '');
    assert.is(new TextDecoder().decode(await download(page, 'Table (.csv)')), withoutMeans);
    assert.match(
      (await page.locator('.card', { hasText: 'Mean ± SD' }).textContent())!,
      'no voxel of nowhere',
    );
    await page.getByRole('button', { name: 'Fit', exact: true }).click();
    await page.locator('.fits > li').nth(2).waitFor({ timeout: 60_000 });
    const files = unzipSync(await download(page, 'Maps (.zip)'));
    const found = new TextDecoder().decode(files['regions.csv']);
    assert.is(found.replace(LAST_COLUMN, ''), withoutMeans);
    // Fits of means are written with all digits, of which the last depend on Math.exp of the browser.
    const means = (csv: string) => Array.from(csv.matchAll(LAST_COLUMN), ([, value]) => value);
    assert.is(means(found)[0], 'mean_signal_fit');
    for (const [i, value] of means(expected).entries()) {
      if (i === 0) continue;
      if (value === '') assert.is(means(found)[i], '');
      else assert.ok(Math.abs(Number(means(found)[i]) / Number(value) - 1) < 1e-9, `line ${i}`);
    }
    assert.equal(complaints, []);
    await page.getByRole('button', { name: 'Remove the fit' }).nth(2).click();
    await page.locator('.fits > li').nth(2).waitFor({ state: 'detached' });
  });

  test('two fits are compared as by --fitter a,b', async () => {
    const { page, complaints } = shared;
    await page.locator('.fits input[type=radio]').nth(1).check();
    await page.locator('select[name=compare]').selectOption({ index: 1 });
    const cell = page.locator('td[data-difference=D]');
    await cell.waitFor();
    assert.equal(await faultsOf(page), [], 'the comparison');
    const [signals, bval, mask] = SCAN;
    const out = join(dir, 'two');
    await fit({
      ...{ signals: [signals], bval, mask, out },
      fitter: 'any-protocol-net,ls-global',
      quiet: true,
    });
    const expected = readFileSync(join(out, 'differences.csv'), 'utf8');
    assert.is(new TextDecoder().decode(await download(page, 'Differences (.csv)')), expected);
    const [header, ofD] = expected.split('\n').map((line) => line.split(','));
    assert.is(Number(await cell.getAttribute('data-value')), Number(ofD[header.indexOf('mean_difference')]));
    const { width, height } = await page
      .locator('.comparison img')
      .evaluate((image: HTMLImageElement) => ({ width: image.naturalWidth, height: image.naturalHeight }));
    assert.ok(width > 300 && height > 200, `figure of ${width} x ${height}`);
    const differences = new TextDecoder().decode(await download(page, 'Page (.html)'));
    assert.match(differences, 'One fitter against the other');
    assert.not.match(differences, 'The report of each');
    assert.equal(complaints, []);
  });

  test('the report that is saved is that of ivim-bench fit, but for its command', async () => {
    const { page, complaints } = shared;
    const saved = page.waitForEvent('download', { timeout: 60_000 });
    await page.getByRole('button', { name: 'Report', exact: true }).click();
    const report = readFileSync(await (await saved).path(), 'utf8');
    for (const part of ['Maps of the estimates', 'Residuals against b', 'ls-global'])
      assert.match(report, part);
    const drawings = (html: string) => html.match(/<svg[^]*?<\/svg>/g) ?? [];
    const here = readFileSync(join(dir, 'two', 'ls-global', 'report.html'), 'utf8');
    assert.is(drawings(report).length, drawings(here).length);
    assert.ok(drawings(here).length > 4);
    const path = join(dir, 'report.html');
    await writeFile(path, report);
    const opened = await browser.newPage();
    await opened.goto(`file://${path}`);
    assert.is(await opened.locator('h1').count(), 1);
    await opened.close();
    assert.equal(complaints, []);
  });

  test('axe finds no fault with the start and with a fitted scan, in light and in dark', async () => {
    const { page: start } = await open();
    for (const page of [start, shared.page]) {
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        assert.equal(await faultsOf(page), [], colorScheme);
      }
    }
    await start.close();
  });

  test('the built page works without a network after the first visit', async () => {
    const host = createServer((request, response) => {
      const path = new URL(request.url!, 'http://host').pathname;
      const file = join(dir, 'page', path === '/' ? 'index.html' : decodeURIComponent(path));
      const type = path.endsWith('.js')
        ? 'text/javascript'
        : path.endsWith('.css')
          ? 'text/css'
          : 'text/html';
      response.writeHead(200, { 'Content-Type': type }).end(readFileSync(file));
    });
    await new Promise<void>((listening) => host.listen(0, '127.0.0.1', listening));
    const page = await browser.newPage();
    const address = `http://127.0.0.1:${(host.address() as AddressInfo).port}/`;
    await page.goto(address);
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    host.closeAllConnections();
    await new Promise((closed) => host.close(closed));
    await page.goto(address);
    await page.getByRole('button', { name: 'Virtual volunteer' }).click();
    await page.getByRole('button', { name: 'Fit', exact: true }).click();
    await page.locator('.fits > li').waitFor({ timeout: 60_000 });
    await page.close();
  });

  if (NO_DCM2NIIX !== undefined) skip(test, 'opens DICOM', NO_DCM2NIIX);
  else
    test('a folder of DICOM is converted in the browser, and its fit equals that of ivim-bench fit', async () => {
      const { page, complaints } = await open();
      const loaded: string[] = [];
      page.on('request', (request) => loaded.push(request.url()));
      const disc = join(dir, 'disc');
      putSeries(join(disc, 'liver'), { as: 'siemens' });
      putSeries(join(disc, 'trace'), { as: 'ge', number: 8, trace: true });
      assert.not.ok(loaded.some((url) => url.includes('dicom')));
      const folder = page.locator('input[data-folder]').first();
      await folder.setInputFiles(join(disc, 'trace'));
      await page
        .locator('.fault', {
          hasText: 'series 8 IVIM liver of 32 files has the b-value 0 in all of its 8 volumes',
        })
        .waitFor();

      putSeries(join(disc, 'kidney'), { as: 'philips', number: 6, description: 'IVIM kidney' });
      await folder.setInputFiles(disc);
      await page.getByRole('button', { name: '6 IVIM kidney' }).waitFor();
      assert.equal(await faultsOf(page), [], 'the choice of a series');
      await page.getByRole('button', { name: '5 IVIM liver' }).click();
      await page.waitForSelector('.bench');
      assert.match((await page.locator('.pairs').textContent())!, '5 IVIM liver.nii');
      assert.match((await page.locator('.card .notes').first().textContent())!, 'repetition time');
      await page.locator('select[name=fitter]').selectOption('ls-global');
      await page.getByRole('button', { name: 'Fit', exact: true }).click();
      await page.locator('.fits > li').waitFor({ timeout: 60_000 });
      const files = unzipSync(await download(page, 'Maps (.zip)'));
      const out = join(dir, 'maps-dicom');
      await fit({ signals: [join(disc, 'liver')], fitter: 'ls-global', out, report: false, quiet: true });
      for (const name of Object.keys(files).filter((each) => each.endsWith('.nii.gz'))) {
        const here = gunzipSync(readFileSync(join(out, name)));
        assert.ok(here.equals(gunzipSync(files[name])), name);
      }
      const { notes } = JSON.parse(new TextDecoder().decode(files['status.json'])) as { notes: string[] };
      assert.ok(notes.some((note) => note.startsWith('dcm2niix: Warning: ')));
      assert.equal(complaints, []);
      await page.close();
    });

  test('files that are no scan get a clear message, and the page goes on', async () => {
    const { page, complaints } = await open();
    const fault = page.locator('.fault');
    await give(page, { name: 'letter.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7') });
    await fault.waitFor();
    assert.match((await fault.textContent())!, 'letter.pdf: this is not part of a scan');

    const whole = readFileSync(cord('dwi.nii.gz'));
    await give(page, { name: 'cut.nii.gz', mimeType: '', buffer: whole.subarray(0, 900_000) });
    await page.locator('.fault', { hasText: 'cut.nii.gz is cut short' }).waitFor();
    await give(page, { name: 'text.nii', mimeType: '', buffer: Buffer.from('not an image') });
    await page.locator('.fault', { hasText: 'text.nii is not a NIfTI image' }).waitFor();

    await give(page, [
      { name: 'dwi.nii.gz', mimeType: '', buffer: whole },
      { name: 'other.bval', mimeType: '', buffer: Buffer.from('0 10 20 50 100 200 400 800') },
    ]);
    await page
      .locator('.fault', { hasText: 'other.bval has 8 b-values, but dwi.nii.gz has 11 volumes' })
      .waitFor();
    assert.equal(await faultsOf(page), [], 'a message');

    await give(page, cord('dwi.bval'));
    await page.waitForSelector('.bench');
    assert.is(await fault.count(), 0);
    assert.equal(complaints, []);
    await page.close();
  });
}

test.run();
