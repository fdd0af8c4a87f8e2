import { inWords, quantityOf, written } from './quantities.ts';
import { saveFile } from './downloads.ts';
import type { Session, State } from './session.ts';

/** How two fits differ: means and limits of agreement, scatter plots and Bland-Altman plots, voxels per status. */
export function ComparisonPanel({ session, state: { comparison } }: { session: Session; state: State }) {
  if (!comparison) return null;
  const { names, rows, shares, figure, page, csv } = comparison;
  const statuses = new Map(
    shares
      .flat()
      .sort((a, b) => a.code - b.code)
      .map(({ word, code }) => [word, code]),
  );
  return (
    <section class="card comparison" aria-labelledby="comparison-title">
      <div class="head">
        <h2 id="comparison-title">
          {names[1]} against {names[0]}
        </h2>
        <div>
          <button type="button" class="quiet" onClick={() => saveFile('differences.html', page, 'text/html')}>
            Page (.html)
          </button>
          <button type="button" class="quiet" onClick={() => saveFile('differences.csv', csv, 'text/csv')}>
            Differences (.csv)
          </button>
          <button type="button" class="quiet" onClick={() => void session.compare()}>
            Close
          </button>
        </div>
      </div>
      {rows.length === 0 ? (
        <p class="note">The fits share no voxel with an estimate.</p>
      ) : (
        <>
          <div class="scroll" tabIndex={0} role="group" aria-label="Differences of the fits">
            <table class="estimates">
              <thead>
                <tr>
                  <th scope="col">Mean</th>
                  {names.map((name) => (
                    <th key={name} scope="col">
                      {name}
                    </th>
                  ))}
                  <th scope="col">Difference</th>
                  <th scope="col">Limits of agreement</th>
                  <th scope="col">Voxels</th>
                </tr>
              </thead>
              <tbody>
                {rows.map(({ parameter, means, difference, limits, n }) => {
                  const { label, unit, factor } = quantityOf(parameter);
                  return (
                    <tr key={parameter}>
                      <th scope="row">
                        {label} {unit && <small>{unit}</small>}
                      </th>
                      {means.map((mean, i) => (
                        <td key={names[i]}>{written(mean, factor)}</td>
                      ))}
                      <td data-difference={parameter} data-value={difference}>
                        {written(difference, factor)}
                      </td>
                      <td>{limits.map((limit) => written(limit, factor)).join(' to ')}</td>
                      <td>{n.toLocaleString('en')}</td>
                    </tr>
                  );
                })}
                {[...statuses.keys()].map((word) => (
                  <tr key={word}>
                    <th scope="row">{inWords(word)}</th>
                    {shares.map((each, i) => (
                      <td key={names[i]} data-share={word}>
                        {(100 * (each.find((share) => share.word === word)?.share ?? 0)).toFixed(1)} %
                      </td>
                    ))}
                    <td colSpan={3} />
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          <img
            src={`data:image/svg+xml;charset=utf-8,${encodeURIComponent(figure)}`}
            alt={`Above: estimates of ${names[1]} against those of ${names[0]}. Below: their differences against their means, with the limits of agreement.`}
          />
        </>
      )}
    </section>
  );
}
