import { useState } from 'preact/hooks';
import type { VoxelEstimate } from '../src/browser/decay-of-voxel.ts';
import { DecayChart, type ShownCurve } from './decay-chart.tsx';
import { inWords, quantityOf, written } from './quantities.ts';
import type { Fit, Session, State } from './session.ts';

const PARAMETERS = ['D', 'f', 'Dp', 'S0'] as const;
/** Colours of curves that stand out from both grounds and from each other; the chosen fit has the accent. */
const OTHERS = ['#d55e00', '#8f6bd1', '#c2609b', '#7a8b3c'];

/** What was measured in the voxel under the crosshair, and what was fitted to it. */
export function VoxelPanel({ session, state }: { session: Session; state: State }) {
  const [log, setLog] = useState(false);
  const { voxel, fits, scan } = state;
  if (!scan) return null;
  const others = fits.filter(({ id }) => id !== state.fit);
  const colors = new Map(
    fits.map(({ id }) => [
      id,
      id === state.fit ? 'var(--accent)' : OTHERS[others.findIndex((fit) => fit.id === id) % OTHERS.length],
    ]),
  );
  const curves = fits.flatMap(({ id, fitter }): ShownCurve[] => {
    const curve = voxel?.fits.get(id)?.curve;
    return curve ? [{ label: fitter.label, color: colors.get(id)!, curve, main: id === state.fit }] : [];
  });
  return (
    <section class="card voxel" aria-labelledby="voxel-title">
      <div class="head">
        <h2 id="voxel-title">Voxel</h2>
        <Place session={session} state={state} />
      </div>
      {voxel ? (
        <>
          <DecayChart voxel={voxel} curves={curves} log={log} />
          <div class="row">
            <label class="inline">
              <input
                type="checkbox"
                name="log"
                checked={log}
                onChange={({ currentTarget }) => setLog(currentTarget.checked)}
              />{' '}
              Logarithmic
            </label>
            {curves.length > 0 && (
              <ul class="legend key">
                <li>
                  <i class="line" /> fit
                </li>
                {curves.some(({ main, curve }) => main && curve.low) && (
                  <li>
                    <i class="area" /> 95 %
                  </li>
                )}
                <li>
                  <i class="line dashed" /> tissue
                </li>
                <li>
                  <i class="line dots" /> blood
                </li>
              </ul>
            )}
          </div>
          {fits.length > 0 && <EstimateTable fits={fits} state={state} colors={colors} />}
        </>
      ) : (
        <p class="note">Click a voxel, or type its place, to see its signals.</p>
      )}
    </section>
  );
}

/** The place of the voxel in the file; it can be typed. */
function Place({ session, state: { scan, voxel } }: { session: Session; state: State }) {
  const [nx, ny] = scan!.shape;
  return (
    <div class="place">
      {['x', 'y', 'z'].map((axis, i) => (
        <label key={axis}>
          {axis}
          <input
            type="number"
            name={axis}
            min={0}
            max={scan!.shape[i] - 1}
            value={voxel?.index[i] ?? ''}
            onChange={({ currentTarget }) => {
              const index: number[] = [...(voxel?.index ?? scan!.shape.map((size) => size >> 1))];
              const number = Math.round(Number(currentTarget.value));
              index[i] = Math.min(scan!.shape[i] - 1, Math.max(0, Number.isFinite(number) ? number : 0));
              void session.select(index[0] + nx * (index[1] + ny * index[2]));
            }}
          />
        </label>
      ))}
    </div>
  );
}

function EstimateTable(props: { fits: readonly Fit[]; state: State; colors: ReadonlyMap<number, string> }) {
  const { fits, state, colors } = props;
  return (
    <div class="scroll" tabIndex={0} role="group" aria-label="Estimates of the voxel">
      <table class="estimates">
        <thead>
          <tr>
            <th scope="col">Estimate</th>
            {fits.map(({ id, fitter }) => (
              <th key={id} scope="col">
                <i class="dot" style={{ background: colors.get(id) }} /> {fitter.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {PARAMETERS.map((name) => {
            const { label, unit, factor } = quantityOf(name);
            return (
              <tr key={name}>
                <th scope="row">
                  {label} {unit && <small>{unit}</small>}
                </th>
                {fits.map(({ id }) => (
                  <Estimate
                    key={id}
                    name={name}
                    estimate={state.voxel?.fits.get(id)?.estimates[name]}
                    factor={factor}
                  />
                ))}
              </tr>
            );
          })}
          <tr>
            <th scope="row">Status</th>
            {fits.map(({ id }) => {
              const found = state.voxel?.fits.get(id);
              return (
                <td key={id} data-status={found?.status}>
                  {found && inWords(found.status)}
                  <small class="words">{found?.meaning}</small>
                </td>
              );
            })}
          </tr>
        </tbody>
      </table>
    </div>
  );
}

/** A value with its 95 % interval, or else its standard deviation. */
function Estimate({ name, estimate, factor }: { name: string; estimate?: VoxelEstimate; factor: number }) {
  if (!estimate) return <td>–</td>;
  const { value, sd, interval } = estimate;
  return (
    <td data-value={value} data-parameter={name}>
      {written(value, factor)}
      {interval ? (
        <small>
          {written(interval[0], factor)} to {written(interval[1], factor)}
        </small>
      ) : (
        sd !== undefined && <small>± {written(sd, factor)}</small>
      )}
    </td>
  );
}
