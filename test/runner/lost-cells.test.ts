import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { runCells } from '../../src/runner/run-cells.ts';
import type { RunRecord } from '../../src/runner/run-record.ts';
import { writeOutputs } from '../../src/commands/write-outputs.ts';
import { readStoredRun } from '../../src/runner/stored-run.ts';
import { inProcess } from '../commands/command-line.ts';
import { madeUp, scratchFolder, tinyStudy } from './tiny-study.ts';

const test = suite('lost cells');
const scratch = scratchFolder();
const out = join(scratch, 'run');
const run = async () =>
  runCells(await tinyStudy(scratch, [{ use: madeUp('halfway'), name: 'halfway' }]), {
    out,
    quiet: true,
    workers: 1,
  });

/** Makes results of the run unreadable, one cut short and one emptied of what it should hold. */
function damage(ids: readonly string[]): void {
  const { cellList } = JSON.parse(readFileSync(join(out, 'run.json'), 'utf8')) as RunRecord;
  ids.forEach((id, i) => {
    const { key } = cellList.find((cell) => cell.id === id)!;
    const file = join(out, 'cells', key, 'result.json');
    writeFileSync(file, i === 0 ? readFileSync(file, 'utf8').slice(0, 99) : '{}');
  });
}

test('results that cannot be read are told of, on the page too, and done anew by the next run', async () => {
  await run();
  const whole = await readStoredRun(out);
  const { planned } = whole.manifest.cells;
  assert.equal(whole.manifest.cells, { planned, done: planned, failed: [] });
  const lost = (whole.manifest as unknown as RunRecord).cellList
    .map(({ id }) => id)
    .filter((id) => id.startsWith('fit'))
    .slice(0, 2);
  assert.is(lost.length, 2);

  damage(lost);
  const { manifest, rows } = await readStoredRun(out);
  assert.equal(manifest.cells, { planned, done: planned - 2, failed: [], lost });
  assert.ok(rows.length < whole.rows.length);
  const { code, stderr } = await inProcess('report', out);
  assert.is(code, 1, 'an incomplete report is no success');
  assert.match(
    stderr,
    `failed: the stored results of 2 of ${planned} cells can't be read: ${lost.join(', ')}`,
  );
  const expected = await inProcess('report', out, '--allow-incomplete');
  assert.is(expected.code, 0, 'unless it is expected');
  assert.match(expected.stderr, `note: the stored results of 2 of ${planned} cells can't be read`);
  const { problem } = await writeOutputs(out);
  assert.match(problem!, `results of 2 of ${planned} cells can't be read`);
  assert.match((await inProcess('compare', out, out)).stderr, /its stored result is damaged \(result\.json /);
  const page = readFileSync(join(out, 'report.html'), 'utf8');
  const warning = /role="alert">(.*?)<\/section>/s.exec(page)![1];
  assert.match(warning, 'This run is incomplete');
  assert.match(warning, `of 2 of ${planned} cells can’t be read`);
  for (const id of lost) assert.match(warning, `<li>${id}</li>`);
  assert.not.match(warning, 'is not complete');

  await run();
  assert.equal((await readStoredRun(out)).manifest.cells, { planned, done: planned, failed: [] });
});

test.run();
