import { fileURLToPath } from 'node:url';
import { loadConfig } from '../../src/config/load-config.ts';
import type { Json } from '../../src/contracts/experiment.ts';
import type { StoredRun } from '../../src/contracts/stored-run.ts';
import { configRecord } from '../../src/runner/config-record.ts';
import { phantomRows } from '../tables/phantom-rows.ts';

/** The config of the study as a run records it. */
const file = fileURLToPath(new URL('../../configs/phantom.yaml', import.meta.url));
const config = configRecord(await loadConfig(file)) as { readonly fitters: readonly Entry[] };
type Entry = { readonly name: string; readonly [key: string]: Json };
const known = new Map(config.fitters.map((entry) => [entry.name, entry]));

/** A made-up run of the study's phantom experiment; fitters beside the study's are treated like plug-ins. */
export function phantomRun(fitters: readonly string[] = [...known.keys()]): StoredRun {
  return {
    rows: phantomRows(fitters),
    notes: [
      {
        cell: 'prepare map',
        notes: ['prior of Dp: lognormal, median 0.0425, sigma 1.007 (89,640 of 100,000 voxels)'],
      },
      { cell: 'prepare dnn', notes: ['stopped after 60 epochs: no lower loss for 10 epochs'] },
    ],
    manifest: {
      title: 'The phantom study of Barbieri 2020',
      experiment: 'phantom',
      config: {
        ...config,
        fitters: fitters.map((name) => known.get(name) ?? { name, use: name, settings: {} }),
      },
      configHash: 'f8'.repeat(32),
      versions: { 'ivim-bench': '0.1.0', node: '20.20.2', vega: '6.4.0' },
      git: { commit: '0123456789abcdef0123456789abcdef01234567', dirty: false },
      machine: { cpu: 'Example CPU 2.0 GHz', cores: 2, memoryGiB: 24, os: 'linux 6.1 x64' },
      workers: 2,
      engine: { name: 'WASM SIMD', reason: 'the native binding is not installed' },
      seeds: { run: 2020 },
      started: '2026-01-02T03:04:05.000Z',
      ended: '2026-01-02T03:05:45.500Z',
      cells: { planned: 80, done: 80, failed: [] },
    },
  };
}
