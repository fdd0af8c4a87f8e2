import type { TopLevelSpec } from 'vega-lite';
import { short } from './compare.ts';
import type { Machine } from './machine.ts';

export interface Point {
  readonly series: string;
  /** What grows. */
  readonly axis: string;
  readonly x: number;
  /** Microseconds per voxel, or per training step. */
  readonly y: number;
}

/** A requirement and its measured value. */
export interface Answer {
  readonly question: string;
  readonly found: string;
  readonly asked: string;
}

/** One panel per axis of growth, both axes logarithmic. */
export function growthChart(points: readonly Point[]): TopLevelSpec {
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    title: 'Time per voxel or training step as the job grows',
    data: { values: [...points] },
    columns: 2,
    facet: { field: 'axis', type: 'nominal', title: null, sort: axesOf(points) },
    resolve: { scale: { x: 'independent', y: 'independent' } },
    spec: {
      mark: { type: 'line', point: true },
      encoding: {
        x: { field: 'x', type: 'quantitative', scale: { type: 'log' }, axis: { format: '~s' }, title: null },
        y: { field: 'y', type: 'quantitative', scale: { type: 'log' }, title: 'µs per voxel or step' },
        color: { field: 'series', type: 'nominal', title: null, legend: { labelLimit: 320 } },
      },
    },
  };
}

/** The requirements, then a table per axis of growth. */
export function growthTables(
  points: readonly Point[],
  answers: readonly Answer[],
  { cpu, cores, node }: Machine,
): string {
  const lines = [`Measured on ${cpu}, ${cores} cores, Node ${node}.`, ''];
  lines.push('| question | measured | asked for |', '|---|---|---|');
  for (const { question, found, asked } of answers) lines.push(`| ${question} | ${found} | ${asked} |`);
  for (const axis of axesOf(points)) {
    const inside = points.filter((point) => point.axis === axis);
    const xs = [...new Set(inside.map(({ x }) => x))].sort((a, b) => a - b);
    lines.push(
      '',
      `| µs per voxel or step, by ${axis} | ${xs.map((x) => x.toLocaleString('en')).join(' | ')} |`,
    );
    lines.push(`|---${'|---:'.repeat(xs.length)}|`);
    for (const series of new Set(inside.map((point) => point.series))) {
      const cells = xs.map((x) => {
        const found = inside.find((point) => point.series === series && point.x === x);
        return found ? short(found.y) : '';
      });
      lines.push(`| ${series} | ${cells.join(' | ')} |`);
    }
  }
  return `${lines.join('\n')}\n`;
}

function axesOf(points: readonly Point[]): string[] {
  return [...new Set(points.map(({ axis }) => axis))];
}
