/**
 * Where the time of `ivim-bench fit` of a scan of 128 x 128 x 20 voxels and 16 b-values goes, by the default fitter:
 *
 *     node --import tsx scripts/bench/fit-steps.ts [ROUNDS]
 *
 * Prints CPU seconds per step, with all threads, of which the steps have one (compressing maps takes more). Each round is a process of
 * its own; medians are shown. CPU seconds hardly depend on what else runs on the machine.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { FilesBeside } from '../../src/data/nifti-sink.ts';
import { fitInput } from '../../src/fitting/fit-input.ts';
import { fittedScanOf } from '../../src/fitting/fitted-scan-of.ts';
import { measuredProtocol } from '../../src/data/measured-protocol.ts';
import { noiseOf } from '../../src/fitting/noise-of.ts';
import { openInput } from '../../src/fitting/open-input.ts';
import { rowNotes } from '../../src/fitting/row-notes.ts';
import { loadFitter } from '../../src/plugins/discover.ts';
import { writeBigScan } from './big-scan.ts';
import { spread } from './statistics.ts';

const FITTER = 'any-protocol-net';
type Steps = Record<string, number>;

async function oneRound(scan: string, bval: string, out: string): Promise<Steps> {
  const steps: Steps = {};
  const cpu = (): number => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
  };
  let last = 0;
  /** Adds what was used since the last call to a step. */
  const until = (step: string, less = 0) => {
    const now = cpu();
    steps[step] = (steps[step] ?? 0) + now - last - less;
    last = now;
  };
  const { name, module, value: fitter } = await loadFitter(FITTER);
  until('start Node, load the program');

  const beside: FilesBeside = { names: [], make: async () => new Map() };
  const input = await openInput({
    ...{ signals: [scan], bval, out, intervals: true, pValues: true, beside },
  });
  until('read');

  const { source } = input;
  const measured = measuredProtocol(source.bValues, source.normalised, bval, source.zeroWithin);
  await rowNotes(source, measured, true);
  until('check the signals');
  const known = await noiseOf(source, measured, {}, name);
  until('estimate the noise');
  const began = last;
  await rowNotes(source, measured, true);
  last = cpu();
  const again = last - began;

  const fitted = await fitInput({
    ...{ name, module, fitter, settings: fitter.settings?.parse({}), input, threads: 1, intervals: true },
    ...{ sigma: known!.sigma, signals: [scan], bval, seed: 0, note: () => {}, describe: () => ({}) },
    ...{ onProgress: () => {}, onEngine: () => {} },
  });
  // It checks the signals again.
  until('fit, with intervals, p-values and residuals', again);

  await (await fitted.sink.finish()).commit();
  until('compress and write 17 maps');

  const { renderFitReport } = await import('../../src/report/render-fit-report.ts');
  until('load the drawing of figures');
  const { protocol, sigma, noise, expects, sink } = fitted;
  const shown = await fittedScanOf({
    ...{ fitter: name, source, header: input.header!, protocol, maps: sink.maps! },
    ...(sigma === undefined ? {} : { sigma }),
  });
  await renderFitReport({
    ...{ title: 'scan', label: fitter.label, source: fitter.source, scan: shown, settings: {}, noise },
    ...{ expects, knowsItsRange: true, notes: [], versions: {}, files: [] },
  });
  until('report');
  await source.close();
  return steps;
}

const [, , first = '3', ...paths] = process.argv;
if (first === 'round') {
  const [scan, bval, out] = paths;
  console.log(JSON.stringify(await oneRound(scan, bval, out)));
} else {
  const dir = mkdtempSync(join(tmpdir(), 'ivim-bench-steps-'));
  try {
    const { scan, bval } = writeBigScan(dir);
    const rounds: Steps[] = [];
    for (let round = 0; round < Number(first); round++) {
      const words = ['--import', 'tsx', import.meta.filename, 'round', scan, bval, join(dir, 'maps')];
      const { stdout } = await promisify(execFile)(process.execPath, words);
      rounds.push(JSON.parse(stdout) as Steps);
    }
    const medians = Object.keys(rounds[0]).map(
      (step) => [step, spread(rounds.map((each) => each[step])).median] as const,
    );
    const all = medians.reduce((sum, [, seconds]) => sum + seconds, 0);
    for (const [step, seconds] of medians) {
      console.log(
        `${step.padEnd(46)} ${seconds.toFixed(2).padStart(6)} s ${((100 * seconds) / all).toFixed(0).padStart(4)} %`,
      );
    }
    console.log(`${'together'.padEnd(46)} ${all.toFixed(2).padStart(6)} s`);
  } finally {
    rmSync(dir, { recursive: true });
  }
}
