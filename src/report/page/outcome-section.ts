import type { RunManifest } from '../../contracts/stored-run.ts';
import { escapeHtml } from './html.ts';

/** What a reader must know first where a run is not whole: that it stopped early, what was lost since, and what failed and why. */
export function outcomeSection({ cells, ended }: RunManifest): string {
  const { planned, done, failed, lost = [] } = cells;
  const missing = planned - done - failed.length - lost.length;
  if (failed.length === 0 && lost.length === 0 && missing <= 0) return '';
  const unfinished =
    missing > 0
      ? `<p>This run is not complete: ${done} of ${planned} pieces of work are done${ended === null ? '' : ` and ${missing} were not tried`}. Start it again to go on where it stopped.</p>`
      : '';
  const failures =
    failed.length > 0
      ? `<p>${failed.length} of ${planned} pieces of work failed; what is below does without them.</p><dl>${failed
          .map(({ id, message }) => `<dt>${escapeHtml(id)}</dt><dd>${escapeHtml(message)}</dd>`)
          .join('')}</dl>`
      : '';
  const unreadable =
    lost.length > 0
      ? `<p>The stored results of ${lost.length} of ${planned} pieces of work can’t be read; what is below does without them. Start the run again to do them anew.</p><ul>${lost.map((id) => `<li>${escapeHtml(id)}</li>`).join('')}</ul>`
      : '';
  return `<section class="warning" role="alert"><h2>Not everything is here</h2>${unfinished}${unreadable}${failures}</section>`;
}
