import type { FitterFacts } from '../src/browser/fitter-facts.ts';
import type { MaskChoice, NoiseChoice, Session, State } from './session.ts';
import { SettingsForm } from './settings-form.tsx';

/** How to fit the scan, and how far a fit is. */
export function FitPanel({ session, state }: { session: Session; state: State }) {
  const { fitters, form, running, files } = state;
  const { fitter } = session;
  return (
    <section class="card" aria-labelledby="fit-title">
      <h2 id="fit-title">Fit</h2>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          session.fitScan();
        }}
      >
        <label class="field">
          <span>Fitter</span>
          <select
            name="fitter"
            value={form.fitter}
            onChange={({ currentTarget }) => session.fill({ fitter: currentTarget.value })}
          >
            <Options fitters={fitters} />
          </select>
        </label>
        {fitter?.trains && <p class="note">Trains a network on this scan first, which takes a while.</p>}
        <label class="field">
          <span>Voxels</span>
          <select
            name="mask"
            value={form.mask}
            onChange={({ currentTarget }) => session.fill({ mask: currentTarget.value as MaskChoice })}
          >
            <option value="none">All</option>
            <option value="auto">The body, found automatically</option>
            {files?.mask && <option value="file">Inside {files.mask}</option>}
          </select>
        </label>
        <div class="field">
          <label for="noise">Noise</label>
          <div class="pair">
            <select
              id="noise"
              name="noise"
              value={form.noise}
              onChange={({ currentTarget }) => session.fill({ noise: currentTarget.value as NoiseChoice })}
            >
              <option value="estimate">Estimated if needed</option>
              <option value="sigma">Standard deviation</option>
              <option value="snr">SNR at b = 0</option>
            </select>
            {form.noise !== 'estimate' && (
              <input
                name="level"
                aria-label={
                  form.noise === 'sigma' ? 'Standard deviation of the noise' : 'Signal-to-noise ratio'
                }
                type="number"
                min="0"
                step="any"
                required
                value={form.level}
                onInput={({ currentTarget }) => session.fill({ level: currentTarget.value })}
              />
            )}
          </div>
        </div>
        {fitter && <SettingsForm session={session} fitter={fitter} form={form} />}
        {running ? (
          <Progress running={running} cancel={session.cancel} />
        ) : (
          <button type="submit" class="primary wide" disabled={fitters.length === 0}>
            Fit
          </button>
        )}
      </form>
    </section>
  );
}

function Options({ fitters }: { fitters: readonly FitterFacts[] }) {
  const option = ({ name, label }: FitterFacts) => (
    <option key={name} value={name}>
      {label}
    </option>
  );
  return (
    <>
      <optgroup label="Ready at once">{fitters.filter(({ trains }) => !trains).map(option)}</optgroup>
      <optgroup label="Trains first">{fitters.filter(({ trains }) => trains).map(option)}</optgroup>
    </>
  );
}

function Progress({ running, cancel }: { running: NonNullable<State['running']>; cancel: () => void }) {
  const [, percent, words] = /^(\d+) % (.*)$/.exec(running.line) ?? ['', undefined, running.line];
  return (
    <div class="progress">
      <progress max={100} value={percent} aria-label={`Fit with ${running.fitter.label}`} />
      <p>{words}</p>
      <button type="button" onClick={cancel}>
        Cancel
      </button>
    </div>
  );
}
