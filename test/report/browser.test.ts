import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { figureNames } from '../../src/plugins/discover.ts';
import { writeReport } from '../../src/report/write.ts';
import { FLAGS, NO_BROWSER, executablePath } from '../chromium.ts';
import { skip } from '../skip.ts';
import { classificationPictures, classificationRows } from '../tables/classification-rows.ts';
import { denoisedRows } from '../tables/denoised-rows.ts';
import { imagePictures, imageRows } from '../tables/image-rows.ts';
import { reconstructionPictures, reconstructionRows } from '../tables/reconstruction-rows.ts';
import { detectionRows, transferDiceRows } from '../tables/detection-rows.ts';
import { segmentationPictures, segmentationRows } from '../tables/segmentation-rows.ts';
import { phantomPictures } from '../tables/phantom-rows.ts';
import { volunteersPictures, volunteersRows } from '../tables/volunteers-rows.ts';
import { phantomRun } from './phantom-run.ts';

const test = suite('report in a browser');

if (executablePath === undefined) {
  skip(test, 'the report in Chromium', NO_BROWSER);
} else {
  const dir = mkdtempSync(join(tmpdir(), 'ivim-browser-'));
  let browser: Browser;
  test.before(async () => {
    // Both experiments on one page, so that there is every figure.
    const run = phantomRun();
    await writeReport(
      {
        ...run,
        rows: [...run.rows, ...volunteersRows()],
        pictures: [...phantomPictures(), ...volunteersPictures()],
      },
      dir,
    );
    browser = await chromium.launch({ executablePath, args: [...FLAGS, '--disable-gpu'] });
  });
  test.after(async () => {
    await browser.close();
    rmSync(dir, { recursive: true });
  });

  const OF_CASES = [
    ...['auc-by-condition', 'confusion-matrix', 'fine-tuning', 'learning-curve', 'occlusion'],
    ...['reliability-diagram', 'roc', 'training-curves'],
  ];
  const OF_IMAGES = ['image-errors', 'image-grid', 'image-shifts'];
  const OF_DENOISING = ['denoised-errors'];
  const OF_RECONSTRUCTIONS = [
    ...['reconstructed-lesions', 'reconstruction-errors', 'reconstruction-grid', 'reconstruction-robustness'],
  ];
  const OF_SEGMENTATION = [...['froc', 'segmentation-dice', 'segmentation-slice', 'segmentation-transfer']];
  /** Of other experiments, of many fitters or of accepted runs; test/figures holds them to snapshots. */
  const elsewhere = [
    ...['accepted-runs', 'depth', 'fitters-ranked', 'network-reader', 'parameter-range'],
    ...['per-snr', 'stability', 'training-size', 'transfer'],
    ...['bias-maps', 'coverage-maps', 'implementation-correlations', 'model-check', 'sd-maps'],
    ...OF_CASES,
    ...OF_IMAGES,
    ...OF_DENOISING,
    ...OF_RECONSTRUCTIONS,
    ...OF_SEGMENTATION,
  ];
  /** All others must be on the page. */
  const drawn = (): string[] => figureNames().filter((name) => !elsewhere.includes(name));

  interface Opened {
    readonly page: Page;
    readonly complaints: string[];
  }

  /** Opens the report and collects whatever it should not do. */
  async function open(colorScheme: 'light' | 'dark', width: number, folder = dir): Promise<Opened> {
    const page = await browser.newPage({ colorScheme, viewport: { width, height: 900 } });
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => {
      if (!/^(data|file):/.test(request.url())) complaints.push(`request: ${request.url()}`);
    });
    await page.goto(pathToFileURL(join(folder, 'report.html')).href);
    await page.waitForSelector('html[data-figures=shown]', { timeout: 20_000 });
    return { page, complaints };
  }

  // Opening the report takes seconds: one page per look serves every test that leaves nothing the next could trip over.
  const opened = new Map<string, Opened>();
  async function shared(colorScheme: 'light' | 'dark', width: number): Promise<Opened> {
    const look = `${colorScheme} ${width}`;
    const found = opened.get(look) ?? (await open(colorScheme, width));
    opened.set(look, found);
    return found;
  }

  for (const [scheme, width] of [
    ['light', 1200],
    ['dark', 1200],
    ['light', 390],
  ] as const) {
    test(`${scheme}, ${width} px: every figure is live with marks and labels, nothing complains or overflows`, async () => {
      const { page, complaints } = await shared(scheme, width);
      for (const name of drawn()) {
        const place = page.locator(`[data-figure="${name}"]`);
        assert.ok(
          (await place.locator('svg .role-mark path, svg .role-mark line').count()) > 5,
          `${name}: marks`,
        );
        assert.ok((await place.locator('svg text').count()) > 4, `${name}: labels`);
        assert.is(
          await page.locator(`#figure-${name} img.still`).isVisible(),
          false,
          `${name}: still picture`,
        );
      }
      assert.match(
        (await page.locator('#figure-rmse-against-snr svg.marks').textContent())!,
        'mmse (Bayes floor)',
      );
      assert.ok(
        await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth),
        'page overflows',
      );
      const figure = await page
        .locator('[data-figure="rmse-against-snr"]')
        .evaluate((e) => e.scrollWidth - e.clientWidth);
      assert.ok(figure <= 1, `main figure overflows by ${figure} px`);
      const images = await page
        .locator('[data-figure="sample-slice"] svg image')
        .evaluateAll((all) => all.map((image) => image.getBoundingClientRect().toJSON() as DOMRect));
      assert.is(images.length, 3 + 4 * 3);
      for (const image of images) {
        assert.ok(image.width > 90, `an image is ${image.width} px wide`);
        const shape = image.width / image.height;
        assert.ok(Math.abs(shape - 4 / 3) < 0.03, `square voxels are shown as ${(shape * 3) / 4} to 1`);
      }
      assert.equal(complaints, []);
    });
  }

  test('follows the theme while it is open, and text stands out from the ground', async () => {
    const { page, complaints } = await shared('light', 1200);
    const ink = () => page.locator('[data-figure="fit-time"] .role-axis-title text').getAttribute('fill');
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    assert.equal([await ink(), await ground()], ['#1f2328', 'rgb(255, 255, 255)']);
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.waitForSelector('[data-figure="training-loss"] .role-axis-title text[fill="#e6e8eb"]');
    assert.equal([await ink(), await ground()], ['#e6e8eb', 'rgb(21, 24, 28)']);
    assert.equal(complaints, []);
  });

  test('columns sort up, then down, by mouse and keyboard, and say so', async () => {
    const { page } = await shared('dark', 1200);
    const header = page.locator('#table-timing th', { hasText: 'Time per voxel' });
    const fitters = () => page.locator('#table-timing tbody td:first-child').allTextContents();
    await header.locator('button').click();
    assert.is(await header.getAttribute('aria-sort'), 'ascending');
    const ascending = ['dnn', 'segmented', 'ls-global', 'map', 'mmse', 'ls'];
    assert.equal(await fitters(), ascending);
    await header.locator('button').press('Enter');
    assert.is(await header.getAttribute('aria-sort'), 'descending');
    assert.equal(await fitters(), [...ascending].reverse());
    await page.locator('#table-timing th', { hasText: 'Fitter' }).locator('button').click();
    assert.equal(await fitters(), [...ascending].sort());
    assert.is(await header.getAttribute('aria-sort'), 'none');
  });

  test('a point tells its numbers', async () => {
    const { page } = await shared('dark', 1200);
    await page.locator('[data-figure="fit-time"] .mark-symbol path').first().hover();
    const tooltip = page.locator('#vg-tooltip-element');
    await tooltip.waitFor();
    assert.match((await tooltip.textContent())!, /per voxel\s*[\d.]+ (µs|ms|s)/);
  });

  test('paper shows the still pictures on white, whatever the theme', async () => {
    const { page } = await shared('dark', 1200);
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    for (const name of drawn()) {
      const still = page.locator(`#figure-${name} img.still`);
      assert.ok(await still.isVisible(), name);
      assert.ok(
        await still.evaluate((image) => (image as HTMLImageElement).naturalWidth > 100),
        `${name}: picture`,
      );
      assert.is(await page.locator(`[data-figure="${name}"]`).isVisible(), false, name);
    }
    assert.is(
      await page.evaluate(() => getComputedStyle(document.body).backgroundColor),
      'rgb(255, 255, 255)',
    );
  });

  for (const [experiment, figures, drawing] of [
    ['liver-fibrosis', OF_CASES, { rows: classificationRows(), pictures: classificationPictures() }],
    ['snr-boost', OF_IMAGES, { rows: imageRows(), pictures: imagePictures() }],
    ['denoise-ivim', OF_DENOISING, { rows: denoisedRows(), pictures: [] }],
    [
      'reconstruction',
      OF_RECONSTRUCTIONS,
      { rows: reconstructionRows(), pictures: reconstructionPictures() },
    ],
    [
      'segmentation',
      OF_SEGMENTATION,
      {
        // Those of lesions and of transfer are experiments of their own.
        rows: [...segmentationRows(), ...detectionRows(), ...transferDiceRows()],
        pictures: segmentationPictures(),
      },
    ],
  ] as const) {
    const folder = join(dir, experiment);
    test(`${experiment}: a report is written`, async () => {
      const run = phantomRun();
      const manifest = { ...run.manifest, experiment, config: {} };
      await writeReport({ ...run, manifest, ...drawing, notes: [] }, folder);
      assert.ok(existsSync(join(folder, 'report.html')));
    });
    for (const width of [1200, 390]) {
      test(`${experiment}, ${width} px: figures are live, nothing complains or overflows`, async () => {
        const { page, complaints } = await open('light', width, folder);
        for (const name of figures) {
          const marks = page.locator(`[data-figure="${name}"] svg .role-mark`);
          assert.ok((await marks.locator('path, line, image').count()) > 3, `${name}: marks`);
        }
        assert.ok(
          await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth),
          'page overflows',
        );
        assert.equal(complaints, []);
        await page.close();
      });
    }
  }

  test('without scripts everything can still be read', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(pathToFileURL(join(dir, 'report.html')).href);
    for (const name of drawn()) assert.ok(await page.locator(`#figure-${name} img.still`).isVisible(), name);
    assert.is(await page.locator('#table-rmse tbody tr').count(), 30);
    await context.close();
  });
}

test.run();
