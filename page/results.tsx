import { saveFile, zipped } from './downloads.ts';
import type { Fit, Session, State } from './session.ts';
import { STATUS_COLORS } from './colors.ts';
import { inWords } from './quantities.ts';

/** The fits that were run, with what they say and what can be saved. */
export function Results({ session, state }: { session: Session; state: State }) {
  const { fits } = state;
  if (fits.length === 0) return null;
  return (
    <section class="card" aria-labelledby="fits-title">
      <h2 id="fits-title">Fits</h2>
      <ul class="fits">
        {fits.map((fit) => (
          <li key={fit.id} class={fit.id === state.fit ? 'chosen' : ''}>
            <label class="choice">
              <input
                type="radio"
                name="fit"
                checked={fit.id === state.fit}
                onChange={() =>
                  session.show({
                    fit: fit.id,
                    ...(fit.maps.some(({ name }) => name === state.map) ? {} : { map: 'D' }),
                  })
                }
              />
              <span>{fit.fitter.label}</span>
            </label>
            <button
              type="button"
              class="quiet"
              onClick={() => void session.drop(fit.id)}
              aria-label={`Remove the fit with ${fit.fitter.label}`}
            >
              Remove
            </button>
            {fit.id === state.fit && <Details session={session} fit={fit} />}
          </li>
        ))}
      </ul>
      <Compare session={session} state={state} />
    </section>
  );
}

/** Chooses a fit to compare the shown one with. */
function Compare({ session, state: { fits, fit, comparison } }: { session: Session; state: State }) {
  const others = fits.filter(({ id }) => id !== fit);
  if (others.length === 0) return null;
  return (
    <label class="field compare">
      <span>Compare it with</span>
      <select
        name="compare"
        value={comparison?.second === fit ? comparison?.first : ''}
        onChange={({ currentTarget: { value } }) =>
          void (value === '' ? session.compare() : session.compare(Number(value), fit))
        }
      >
        <option value="">No other fit</option>
        {others.map(({ id, fitter }) => (
          <option key={id} value={id}>
            {fitter.label}
          </option>
        ))}
      </select>
    </label>
  );
}

function Details({ session, fit }: { session: Session; fit: Fit }) {
  const { facts, notes, files, fitter } = fit;
  return (
    <div class="details">
      <StatusBar fit={fit} />
      <p class="note">
        {facts.fitted.toLocaleString('en')} of {facts.voxels.toLocaleString('en')} voxels fitted in{' '}
        {(facts.prepareSeconds + facts.fitSeconds).toFixed(1)} s
        {facts.sigma === undefined ? '' : `; noise ${Number(facts.sigma.toPrecision(3))}`}
      </p>
      <div class="row">
        <button type="button" onClick={() => saveFile(`${fitter.name}.zip`, zipped(files))}>
          Maps (.zip)
        </button>
        <button
          type="button"
          onClick={() =>
            void session
              .report(fit)
              .then((page) => page && saveFile(`${fitter.name}-report.html`, page, 'text/html'))
          }
        >
          Report
        </button>
        <details class="menu">
          <summary>One file</summary>
          <ul>
            {[...files].map(([name, bytes]) => (
              <li key={name}>
                <button type="button" class="quiet" onClick={() => saveFile(name, bytes)}>
                  {name}
                </button>
              </li>
            ))}
          </ul>
        </details>
      </div>
      {notes.length > 0 && (
        <details class="notes">
          <summary>
            {notes.length} {notes.length === 1 ? 'note' : 'notes'}
          </summary>
          <ul>
            {notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

/** Shares of the statuses of voxels that are not background. */
function StatusBar({ fit: { facts } }: { fit: Fit }) {
  const counts = Object.entries(facts.voxelsByStatus).filter(([word]) => word !== 'background');
  const all = counts.reduce((sum, [, count]) => sum + count, 0);
  const percent = (count: number) => {
    const share = (100 * count) / all;
    return share >= 99.95 ? '100 %' : `${share.toFixed(1)} %`;
  };
  return (
    <>
      <div class="shares" aria-hidden="true">
        {counts.map(([word, count]) => (
          <span key={word} style={{ flexGrow: count, background: STATUS_COLORS[word] }} />
        ))}
      </div>
      <ul class="legend">
        {counts.map(([word, count]) => (
          <li key={word}>
            <i style={{ background: STATUS_COLORS[word] }} /> {inWords(word)} {percent(count)}
          </li>
        ))}
      </ul>
    </>
  );
}
