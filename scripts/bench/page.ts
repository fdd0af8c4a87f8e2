/**
 * A scan of 128 x 128 x 20 voxels and 16 b-values on the page in Chromium, beside `ivim-bench fit`, in turns.
 *
 *     npm run build && node --import tsx scripts/bench/page.ts [ROUNDS]
 *
 * Prints the seconds of both, their ratio, the longest tasks of the page's main thread during the fit and when its maps are drawn, and
 * how many numbers in the maps differ.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { unzipSync } from 'fflate';
import { chromium } from 'playwright-core';
import { servePage } from '../../src/commands/page-server.ts';
import { FLAGS, executablePath } from '../../test/chromium.ts';
import { writeBigScan } from './big-scan.ts';
import { spread } from './statistics.ts';

/** Bytes before the numbers of a map. */
const HEADER = 352;
/** Durations of the page's long tasks, ms; the browser counts those above 50 ms. */
interface Tasks {
  whileFitting: number[];
  whileDrawing: number[];
}

const root = resolve(import.meta.dirname, '../..');
const rounds = Number(process.argv[2] ?? 3);
const dir = mkdtempSync(join(tmpdir(), 'ivim-bench-page-'));
const { scan, bval } = writeBigScan(dir);
const maps = join(dir, 'maps');

async function onCommandLine(): Promise<number> {
  const began = performance.now();
  const words = ['fit', scan, '--bval', bval, '--no-report', '--out', maps, '--quiet'];
  await promisify(execFile)(process.execPath, [join(root, 'bin/ivim-bench.mjs'), ...words]);
  return (performance.now() - began) / 1000;
}

try {
  const server = await servePage(join(root, 'build/page'), []);
  const gl = ['--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'];
  const browser = await chromium.launch({ executablePath: executablePath!, args: [...FLAGS, ...gl] });
  const times = { page: [] as number[], command: [] as number[] };
  const longest = { whileFitting: 0, whileDrawing: 0 };
  let [different, all] = [0, 0];
  for (let round = 0; round < rounds; round++) {
    times.command.push(await onCommandLine());
    const page = await browser.newPage({ acceptDownloads: true });
    await page.goto(server.url);
    await page.locator('input[data-files]').first().setInputFiles([scan, bval]);
    await page.waitForSelector('.bench');
    await page.waitForTimeout(4000);
    await page.evaluate(() => {
      const seen = globalThis as unknown as Tasks;
      [seen.whileFitting, seen.whileDrawing] = [[], []];
      new PerformanceObserver((list) => {
        const running = document.querySelector('.progress') !== null;
        for (const { duration } of list.getEntries())
          (running ? seen.whileFitting : seen.whileDrawing).push(duration);
      }).observe({ type: 'longtask' });
    });
    const began = performance.now();
    await page.getByRole('button', { name: 'Fit', exact: true }).click();
    await page.locator('.progress').waitFor();
    await page.locator('.progress').waitFor({ state: 'detached', timeout: 120_000 });
    times.page.push((performance.now() - began) / 1000);
    await page.waitForTimeout(2000);
    const tasks = await page.evaluate(() => {
      const { whileFitting, whileDrawing } = globalThis as unknown as Tasks;
      return { whileFitting, whileDrawing };
    });
    longest.whileFitting = Math.max(longest.whileFitting, ...tasks.whileFitting);
    longest.whileDrawing = Math.max(longest.whileDrawing, ...tasks.whileDrawing);
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Maps (.zip)' }).click(),
    ]);
    for (const [name, bytes] of Object.entries(unzipSync(readFileSync(await file.path())))) {
      if (!name.endsWith('.nii.gz') || name.startsWith('status')) continue;
      const [here, there] = [gunzipSync(readFileSync(join(maps, name))), gunzipSync(bytes)];
      for (let at = HEADER; at < here.length; at += 4) {
        all++;
        if (here.readUInt32LE(at) !== there.readUInt32LE(at)) different++;
      }
    }
    await page.close();
  }
  await browser.close();
  await server.close();
  const [page, command] = [spread(times.page).median, spread(times.command).median];
  console.log(`page ${page.toFixed(2)} s, fit ${command.toFixed(2)} s: ${(page / command).toFixed(2)} x`);
  const { whileFitting, whileDrawing } = longest;
  console.log(`longest task of the main thread while it fits: ${whileFitting.toFixed(0)} ms`);
  console.log(`when its maps are drawn afterwards, without a graphics card: ${whileDrawing.toFixed(0)} ms`);
  console.log(`numbers in the maps that differ: ${different} of ${all}`);
} finally {
  rmSync(dir, { recursive: true });
}
