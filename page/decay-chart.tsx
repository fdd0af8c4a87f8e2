import type { DecayCurve } from '../src/browser/decay-of-voxel.ts';
import type { VoxelFacts } from '../src/browser/open-scan.ts';
import { ticksOf } from './ticks.ts';
import { written } from './quantities.ts';

const WIDTH = 380;
const HEIGHT = 240;
const MARGIN = { left: 52, right: 18, top: 12, bottom: 36 };
/** On a logarithmic axis, signals below this share of the largest are cut off. */
const LEAST_SHARE = 1e-3;

export interface ShownCurve {
  readonly label: string;
  readonly color: string;
  readonly curve: DecayCurve;
  /** Whether the band and the compartments are drawn too. */
  readonly main: boolean;
}

/** The signals of a voxel against b, and the decays that were fitted to them. */
export function DecayChart({
  voxel,
  curves,
  log,
}: {
  voxel: VoxelFacts;
  curves: readonly ShownCurve[];
  log: boolean;
}) {
  const { b, signal } = voxel;
  const finite = [
    ...signal,
    ...curves.flatMap(({ curve }) => [...curve.signal, ...(curve.high ?? [])]),
  ].filter(Number.isFinite);
  const most = Math.max(...finite, 0) * 1.05 || 1;
  const positive = [...signal, ...curves.flatMap(({ curve }) => [...curve.signal])].filter(
    (value) => value > 0,
  );
  const least = log ? Math.max(Math.min(...positive) * 0.8, most * LEAST_SHARE) : Math.min(0, ...finite);
  const scale = log ? Math.log : (value: number) => value;
  const x = (at: number) => MARGIN.left + (at / Math.max(...b)) * (WIDTH - MARGIN.left - MARGIN.right);
  const y = (value: number) => {
    const within = Math.min(most, Math.max(least, value));
    const share = (scale(within) - scale(least)) / (scale(most) - scale(least));
    return HEIGHT - MARGIN.bottom - share * (HEIGHT - MARGIN.top - MARGIN.bottom);
  };
  const path = (at: Float64Array, values: Float64Array) =>
    Array.from(
      at,
      (each, i) => `${i === 0 ? 'M' : 'L'}${x(each).toFixed(1)} ${y(values[i]).toFixed(1)}`,
    ).join('');
  const band = ({ b: at, low, high }: DecayCurve) =>
    low && high ? `${path(at, high)}L${path(at.toReversed(), low.toReversed()).slice(1)}Z` : undefined;
  return (
    <svg class="decay" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={summary(voxel, curves)}>
      {ticksOf(least, most, log).map((tick) => (
        <g key={tick}>
          <line class="grid" x1={MARGIN.left} x2={WIDTH - MARGIN.right} y1={y(tick)} y2={y(tick)} />
          <text x={MARGIN.left - 7} y={y(tick)} dy="0.35em" text-anchor="end">
            {written(tick)}
          </text>
        </g>
      ))}
      {ticksOf(0, Math.max(...b), false).map((tick) => (
        <text key={tick} x={x(tick)} y={HEIGHT - MARGIN.bottom + 16} text-anchor="middle">
          {tick}
        </text>
      ))}
      <text x={(WIDTH + MARGIN.left) / 2} y={HEIGHT - 4} text-anchor="middle">
        b, s/mm²
      </text>
      {curves
        .filter(({ main }) => main)
        .map(({ label, color, curve }) => (
          <g key={label}>
            {band(curve) && <path class="band" d={band(curve)} fill={color} />}
            <path class="part" d={path(curve.b, curve.diffusion)} stroke={color} />
            <path class="part dotted" d={path(curve.b, curve.perfusion)} stroke={color} />
          </g>
        ))}
      {curves.map(({ label, color, curve, main }) => (
        <path
          key={label}
          class={main ? 'curve main' : 'curve'}
          d={path(curve.b, curve.signal)}
          stroke={color}
        />
      ))}
      {Array.from(b, (at, i) =>
        Number.isFinite(signal[i]) ? (
          <circle key={i} cx={x(at)} cy={y(signal[i])} r={3.2}>
            <title>{`b = ${at} s/mm²: ${written(signal[i])}`}</title>
          </circle>
        ) : null,
      )}
    </svg>
  );
}

function summary({ b, signal }: VoxelFacts, curves: readonly ShownCurve[]): string {
  const first = b.indexOf(Math.min(...b));
  const last = b.indexOf(Math.max(...b));
  const fits = curves.length > 0 ? `, with the decay of ${curves.map(({ label }) => label).join(', ')}` : '';
  return `Signal against b: ${written(signal[first])} at b = ${b[first]} to ${written(signal[last])} at b = ${b[last]} s/mm²${fits}`;
}
