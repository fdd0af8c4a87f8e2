import type { Session, State } from './session.ts';

/** Asks which of several series of DICOM to open. */
export function ChooseSeries({ session, state: { choice } }: { session: Session; state: State }) {
  if (!choice) return null;
  return (
    <section class="card" id="series-choice" aria-labelledby="choice-title">
      <div class="head">
        <h2 id="choice-title">Which series?</h2>
        <button type="button" class="quiet" onClick={() => session.show({ choice: undefined })}>
          None
        </button>
      </div>
      <ul class="examples">
        {choice.map((series) => (
          <li key={series.name}>
            <button type="button" onClick={() => void session.choose(series)}>
              <strong>{series.name}</strong>
              <span>
                {series.volumes} volumes
                {series.bValues && `, b up to ${Math.max(...series.bValues)} s/mm²`}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
