import type { RunManifest } from '../../contracts/stored-run.ts';
import { escapeHtml } from './html.ts';

/** Of more failed or lost cells the first ones are listed. */
const LISTED = 200;

const restOf = (cells: readonly unknown[]): string =>
  cells.length > LISTED ? ` The first ${LISTED} are listed; <a href="run.json">run.json</a> has all.` : '';

/** For a run that is not whole: that it stopped early, what was lost since, and what failed and why. */
export function outcomeSection({ cells, ended }: RunManifest): string {
  const { planned, done, failed, lost = [] } = cells;
  const missing = planned - done - failed.length - lost.length;
  if (failed.length === 0 && lost.length === 0 && missing <= 0) return '';
  const unfinished =
    missing > 0
      ? `<p>This run is not complete: ${done} of ${planned} cells are done${ended === null ? '' : ` and ${missing} were not tried`}. Start it again to resume.</p>`
      : '';
  const failures =
    failed.length > 0
      ? `<p>${failed.length} of ${planned} cells failed; the results below omit them.${restOf(failed)}</p><dl>${failed
          .slice(0, LISTED)
          .map(({ id, message }) => `<dt>${escapeHtml(id)}</dt><dd>${escapeHtml(message)}</dd>`)
          .join('')}</dl>`
      : '';
  const unreadable =
    lost.length > 0
      ? `<p>The stored results of ${lost.length} of ${planned} cells can’t be read; the results below omit them. Start the run again to repeat them.${restOf(lost)}</p><ul>${lost
          .slice(0, LISTED)
          .map((id) => `<li>${escapeHtml(id)}</li>`)
          .join('')}</ul>`
      : '';
  return `<section class="warning" role="alert"><h2>This run is incomplete</h2>${unfinished}${unreadable}${failures}</section>`;
}
