import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Row } from '../../src/contracts/metric.ts';
import figure from '../../src/figures/error-boxplots.ts';
import { renderFigure } from '../../src/report/render-figure.ts';
import { phantomRun } from '../report/phantom-run.ts';
import { phantomRows } from '../tables/phantom-rows.ts';

const test = suite('error-boxplots');

test('a box however far beyond the frame is drawn near it, and its tooltip has the true numbers', async () => {
  // Nearly without noise at all SNRs but one, as SNR 1e12 beside SNR 20 is.
  const rows = phantomRows(['ls', 'dnn']).map((row): Row => {
    const scale = row.factors['snr'] === 10 ? 1 : 1e-10;
    return row.metric.startsWith('error_') ? { ...row, value: row.value * scale } : row;
  });
  const spec = figure.draw(rows, [], phantomRun().manifest)!;
  const svg = await renderFigure(spec);
  assert.not.match(svg, / d="[^"]*(?<![.\d])\d{5}/);
  const far = rows.find(
    ({ metric, parameter, factors }) => metric === 'error_q95' && parameter === 'f' && factors['snr'] === 10,
  )!;
  assert.match(JSON.stringify(spec), `"q95":${Number(far.value.toPrecision(6))},`);
});

test.run();
