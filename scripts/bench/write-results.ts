import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TopLevelSpec } from 'vega-lite';
import { renderFigure } from '../../src/report/render-figure.ts';
import { short, type Line } from './compare.ts';
import type { Size } from './job.ts';
import { machine } from './machine.ts';

/** Writes the lines as JSON, Markdown and a chart; returns the Markdown. */
export async function writeResults(out: string, lines: readonly Line[], { quick }: Size): Promise<string> {
  const where = machine(quick);
  const markdown = table(lines, `${where.cpu}, ${where.cores} cores, Node ${where.node}, one thread a side`);
  writeFileSync(join(out, 'bench.json'), `${JSON.stringify({ ...where, lines }, null, 1)}\n`);
  writeFileSync(join(out, 'bench.md'), markdown);
  writeFileSync(join(out, 'bench.vl.json'), `${JSON.stringify(chart(lines), null, 1)}\n`);
  writeFileSync(join(out, 'bench.svg'), await renderFigure(chart(lines)));
  return markdown;
}

function table(lines: readonly Line[], where: string): string {
  const rows = lines.map((line) => {
    const ours = 'missing' in line.ours ? line.ours.missing : `${short(line.ours.median)} µs`;
    const peer = 'missing' in line.peer ? `missing: ${line.peer.missing}` : `${short(line.peer.median)} µs`;
    const ratio = line.ratio
      ? `${short(line.ratio.median)} x (${short(line.ratio.low)} to ${short(line.ratio.high)})`
      : '';
    const asked = line.atLeast === null ? '' : `${line.atLeast} x`;
    const good = line.asGood === null ? '' : `${(100 * line.asGood).toFixed(2)} %`;
    const who = 'missing' in line.peer ? line.peer.name : `${line.peer.name} (${line.peer.version})`;
    return `| ${line.title} | ${line.unit} | ${ours} | ${peer} | ${who} | ${ratio} | ${asked} | ${good} |`;
  });
  return [
    `Measured on ${where}.`,
    '',
    '| job | per | ours | peer | peer is | ratio (extremes) | asked for | objective as good |',
    '|---|---|---:|---:|---|---:|---:|---:|',
    ...rows,
    '',
  ].join('\n');
}

function chart(lines: readonly Line[]): TopLevelSpec {
  const values = lines.flatMap((line) => [
    ...('missing' in line.ours ? [] : [{ job: line.title, side: 'ivim-bench', ...line.ours }]),
    ...('missing' in line.peer ? [] : [{ job: line.title, side: 'peer', ...line.peer }]),
  ]);
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    title: 'Time per voxel or step, ours beside the peer',
    data: { values },
    encoding: { y: { field: 'job', type: 'nominal', title: null, axis: { labelLimit: 420 } } },
    layer: [
      {
        mark: { type: 'rule', strokeWidth: 2 },
        encoding: {
          x: { field: 'low', type: 'quantitative', scale: { type: 'log' }, title: 'µs (log scale)' },
          x2: { field: 'high' },
          color: { field: 'side', type: 'nominal', title: null },
        },
      },
      {
        mark: { type: 'point', filled: true, size: 60 },
        encoding: {
          x: { field: 'median', type: 'quantitative', scale: { type: 'log' } },
          color: { field: 'side', type: 'nominal', title: null },
        },
      },
    ],
  };
}
