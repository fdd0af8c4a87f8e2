import type { Test } from 'uvu';
import * as assert from 'uvu/assert';
import type { AcceptedRun } from '../../src/contracts/accepted-run.ts';
import type { Figure } from '../../src/contracts/figure.ts';
import type { Row } from '../../src/contracts/metric.ts';
import type { Picture } from '../../src/contracts/picture.ts';
import { rasterise, renderFigure } from '../../src/report/render-figure.ts';
import { phantomRun } from '../report/phantom-run.ts';
import { matchesSnapshot } from './matches-snapshot.ts';

/** A run as a figure sees it. */
export interface Drawn {
  readonly rows: readonly Row[];
  readonly pictures?: readonly Picture[];
  readonly history?: readonly AcceptedRun[];
}

/** Runs of one experiment: one short enough that its snapshot can be read in a diff, and others that a figure must bear. */
export interface Runs {
  readonly few: Drawn;
  readonly all: Drawn;
  readonly others: readonly Drawn[];
}

const { manifest } = phantomRun();
export const drawOf = (figure: Figure, { rows, pictures, history }: Drawn) =>
  figure.draw(rows, pictures ?? [], manifest, history);

/** What every figure must bear. */
export function checkFigure(test: Test, name: string, figure: Figure, { few, all, others }: Runs): void {
  test(`${name}: the specification is as it was`, () => {
    matchesSnapshot(name, drawOf(figure, few));
  });

  test(`${name}: not there without its rows, and rows are left as they are`, () => {
    assert.is(figure.draw([], [], manifest), null);
    const strangers = few.rows.map((row): Row => ({ ...row, metric: 'a_stranger' }));
    assert.is(figure.draw(strangers, [], manifest), null);
    const before = JSON.stringify(few);
    drawOf(figure, few);
    assert.is(JSON.stringify(few), before);
  });

  test(`${name}: draws whole runs, small ones and twelve fitters without a complaint`, async () => {
    for (const run of [all, ...others]) assert.match(await renderFigure(drawOf(figure, run)!), '<path');
  });

  test(`${name}: is a PNG too`, async () => {
    const png = await rasterise(await renderFigure(drawOf(figure, few)!));
    assert.equal([...png.slice(0, 8)], [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  });

  test(`${name}: leaves out what is not a number`, async () => {
    const { rows, pictures = [], history = [] } = few;
    const [first, ...rest] = rows.filter(({ metric }) => metric !== 'bias' || name === 'bias-maps');
    const broken = rows.map((row, i) =>
      i % 7 === 0 ? { ...row, value: NaN, ciLow: NaN, ciHigh: NaN } : row,
    );
    const empty = pictures.map((picture) => ({ ...picture, values: picture.values.map(() => NaN) }));
    const lost = history.map((run) => ({
      ...run,
      values: run.values.map((one, i) => (i % 3 === 0 ? { ...one, value: NaN } : one)),
    }));
    const runs: Drawn[] = [
      { rows: broken, pictures: empty, history: lost },
      { rows: rest, pictures, history },
      { rows: [{ ...first, factors: { ...first.factors, snr: Infinity } }, ...rest], pictures, history },
    ];
    for (const run of runs) {
      const spec = drawOf(figure, run)!;
      assert.not.match(withoutImages(JSON.stringify(spec)), /NaN|Infinity/);
      assert.not.match(withoutImages(await renderFigure(spec)), /NaN|undefined|null/);
    }
  });
}

/** Letters of encoded images may spell anything. */
const withoutImages = (text: string): string => text.replace(/base64,[\w+/=]+/g, '');
