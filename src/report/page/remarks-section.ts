import type { StoredRun } from '../../contracts/stored-run.ts';
import { escapeHtml, prose } from './html.ts';

/** What a reader should know of the input before trusting the results: odd scales, what was left out, and notes of the fits. */
export function remarksSection({ manifest, notes }: StoredRun): string {
  const { notes: odd = [], leftOut = [] } = manifest.remarks ?? {};
  const fromFits = notes.filter(({ cell }) => /(^|: )(fit|read) /.test(cell));
  const count = fromFits.reduce((sum, { notes: lines }) => sum + lines.length, 0);
  const items = [
    ...leftOut.map((line) => `<li>${prose(line)}</li>`),
    ...odd.map((line) => `<li>${prose(line)}</li>`),
    ...(count > 0
      ? [
          `<li>${count === 1 ? '1 note' : `${count} notes`} on fits and on reading data: ${escapeHtml(fromFits[0].notes[0])}${count > 1 ? ', …' : ''} <a href="#notes">All notes</a></li>`,
        ]
      : []),
  ];
  if (items.length === 0) return '';
  return `<section class="warning" id="remarks"><h2>Notes on the input</h2><ul>${items.join('')}</ul></section>`;
}
