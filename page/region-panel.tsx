import { saveFile } from './downloads.ts';
import { quantityOf, written } from './quantities.ts';
import type { Session, State } from './session.ts';
import type { RegionStatistics } from '../src/fit-results/regions.ts';

/** Statistics of the regions that were drawn or loaded, for the fit that is shown. */
export function RegionPanel({ session, state }: { session: Session; state: State }) {
  const { regions, fits } = state;
  const fit = fits.find(({ id }) => id === state.fit);
  if (!regions) return null;
  const { rows, csv } = regions.fits.get(state.fit ?? 0) ?? { rows: [], csv: '' };
  return (
    <section class="card" aria-labelledby="regions-title">
      <div class="head">
        <h2 id="regions-title">Regions</h2>
        <div>
          {rows.length > 0 && (
            <button
              type="button"
              class="quiet"
              onClick={() => saveFile(`${fit!.fitter.name}-regions.csv`, csv, 'text/csv')}
            >
              Table (.csv)
            </button>
          )}
          {regions.drawn && (
            <button
              type="button"
              class="quiet"
              onClick={() =>
                void session.regionImage().then((image) => image && saveFile('region.nii.gz', image))
              }
            >
              Region (.nii.gz)
            </button>
          )}
        </div>
      </div>
      {regions.notes.map((note) => (
        <p class="note" key={note}>
          {note}
        </p>
      ))}
      {fit === undefined ? (
        <p class="note">Fit the scan to see statistics of the region.</p>
      ) : rows.length === 0 ? (
        <p class="note">No voxel is in a region.</p>
      ) : (
        <div class="scroll" tabIndex={0} role="group" aria-label="Statistics of regions">
          <table class="estimates">
            <thead>
              <tr>
                <th scope="col">Region</th>
                <th scope="col">Mean ± SD</th>
                <th scope="col">Median</th>
                <th scope="col">Voxels</th>
              </tr>
            </thead>
            {[...new Set(rows.map(({ label }) => label))].map((label) => (
              <RegionRows key={label} rows={rows.filter((row) => row.label === label)} />
            ))}
          </table>
        </div>
      )}
    </section>
  );
}

function RegionRows({ rows }: { rows: readonly RegionStatistics[] }) {
  const [{ region }] = rows;
  return (
    <tbody>
      <tr>
        <th scope="rowgroup" colSpan={4} class="group">
          {region}
        </th>
      </tr>
      {rows.map((row) => {
        const { label, unit, factor } = quantityOf(row.parameter);
        return (
          <tr key={row.parameter}>
            <th scope="row">
              {label}
              {unit && <small>{unit}</small>}
            </th>
            <td
              data-region={row.label}
              data-parameter={row.parameter}
              data-mean={row.mean}
              data-sd={row.sd}
              data-median={row.median}
              data-n={row.n}
            >
              {row.n === 0 ? '–' : `${written(row.mean, factor)} ± ${written(row.sd, factor)}`}
            </td>
            <td>
              {written(row.median, factor)}
              {row.n > 0 && (
                <small>
                  {written(row.lowerQuartile, factor)} to {written(row.upperQuartile, factor)}
                </small>
              )}
            </td>
            <td>
              {row.n}
              {row.n < row.voxels && <small>of {row.voxels}</small>}
            </td>
          </tr>
        );
      })}
    </tbody>
  );
}
