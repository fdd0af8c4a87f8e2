import { useEffect, useRef, useState } from 'preact/hooks';
import { QUANTITY_GRADIENT, LAST_STATUS, STATUS_COLORS } from './colors.ts';
import { inWords, quantityOf, written } from './quantities.ts';
import type { Session, State } from './session.ts';
import type { Overlay, Viewer } from './viewer.ts';

type Pen = 'off' | 'draw' | 'erase';

/** Scan and map beside each other, with one crosshair. */
export function Viewers({ session, state }: { session: Session; state: State }) {
  const { scan, fits, volume, voxel } = state;
  const [axial, setAxial] = useState(false);
  const [pen, setPen] = useState<Pen>('off');
  const scanViewer = useRef<Viewer | null>(null);
  const mapViewer = useRef<Viewer | null>(null);
  const [ready, setReady] = useState(0);
  const fit = fits.find(({ id }) => id === state.fit);
  const map = fit?.maps.find(({ name }) => name === state.map);
  const scanImage = useRef<Promise<Uint8Array> | null>(null);

  useEffect(() => {
    if (!scan) return;
    const image = session.volume(volume);
    void image.then((bytes) => scanViewer.current?.show(bytes));
  }, [scan, volume, ready]);

  useEffect(() => {
    if (scan) scanImage.current = session.volume(scan.lowest);
  }, [scan]);

  useEffect(() => {
    let left = false;
    const viewer = mapViewer.current;
    if (!viewer || !fit || !map || !scanImage.current) return;
    void Promise.all([scanImage.current, session.map(fit.id, map.name)]).then(([image, bytes]) => {
      if (left) return;
      const overlay: Overlay =
        map.name === 'status'
          ? { image: bytes, shown: [0, LAST_STATUS], colors: 'status' }
          : { image: bytes, shown: map.shown, colors: 'quantity' };
      return viewer.show(image, overlay);
    });
    return () => {
      left = true;
    };
  }, [fit, map, ready]);

  useEffect(() => {
    if (!voxel || !scan) return;
    const [x, y, z] = voxel.index;
    const number = x + scan.shape[0] * (y + scan.shape[1] * z);
    scanViewer.current?.goTo(number);
    mapViewer.current?.goTo(number);
  }, [voxel, ready]);

  useEffect(() => {
    scanViewer.current?.planes(axial);
    mapViewer.current?.planes(axial);
  }, [axial, ready]);

  const usePen = (mode: Pen) => {
    setPen(mode);
    scanViewer.current?.draw(mode);
  };

  if (!scan) return null;
  return (
    <>
      <section class="view" aria-labelledby="view-scan">
        <div class="head">
          <h2 id="view-scan">Signal</h2>
          <label class="inline">
            b = {Math.round(scan.bValues[volume])} s/mm²
            <input
              type="range"
              name="volume"
              aria-label="Volume of the series"
              min={0}
              max={scan.bValues.length - 1}
              value={volume}
              onInput={({ currentTarget }) => session.show({ volume: Number(currentTarget.value) })}
            />
          </label>
        </div>
        <Canvas
          label="Scan in three planes. Arrow keys move the crosshair, page keys change the slice."
          session={session}
          onReady={(viewer) => {
            scanViewer.current = viewer;
            setReady((n) => n + 1);
          }}
        />
        <div class="tools" role="toolbar" aria-label="Region">
          <button type="button" aria-pressed={!axial} onClick={() => setAxial(false)}>
            Three planes
          </button>
          <button type="button" aria-pressed={axial} onClick={() => setAxial(true)}>
            Axial
          </button>
          <span class="gap" />
          <button
            type="button"
            aria-pressed={pen === 'draw'}
            onClick={() => usePen(pen === 'draw' ? 'off' : 'draw')}
          >
            Draw region
          </button>
          {pen !== 'off' && (
            <>
              <button
                type="button"
                aria-pressed={pen === 'erase'}
                onClick={() => usePen(pen === 'erase' ? 'draw' : 'erase')}
              >
                Erase
              </button>
              <button type="button" onClick={() => scanViewer.current?.undo()}>
                Undo
              </button>
              <button
                type="button"
                onClick={() => {
                  scanViewer.current?.clearDrawing();
                  usePen('off');
                  void session.measure(undefined);
                }}
              >
                Clear
              </button>
            </>
          )}
        </div>
      </section>
      <section class="view" aria-labelledby="view-map" hidden={!fit}>
        <div class="head">
          <h2 id="view-map">Map</h2>
          <MapChoice session={session} state={state} />
        </div>
        <Canvas
          label="Map in three planes. Arrow keys move the crosshair, page keys change the slice."
          session={session}
          onReady={(viewer) => {
            mapViewer.current = viewer;
            setReady((n) => n + 1);
          }}
        />
        {map &&
          (map.name === 'status' ? (
            <StatusLegend fit={fit!} />
          ) : (
            <ColorBar name={map.name} meaning={map.meaning} shown={map.shown} />
          ))}
      </section>
    </>
  );
}

/** The maps people look at first, and all others. */
const FIRST = ['D', 'f', 'Dp', 'S0', 'status'];

function MapChoice({ session, state }: { session: Session; state: State }) {
  const maps = state.fits.find(({ id }) => id === state.fit)?.maps ?? [];
  const others = maps.filter(({ name }) => !FIRST.includes(name));
  const label = (name: string) => (name === 'status' ? 'Status' : quantityOf(name).label);
  return (
    <div class="tabs" role="group" aria-label="Map">
      {FIRST.filter((name) => maps.some((map) => map.name === name)).map((name) => (
        <button
          key={name}
          type="button"
          data-map={name}
          aria-pressed={state.map === name}
          onClick={() => session.show({ map: name })}
        >
          {label(name)}
        </button>
      ))}
      {others.length > 0 && (
        <select
          name="map"
          aria-label="Other maps"
          class={FIRST.includes(state.map) ? '' : 'chosen'}
          value={FIRST.includes(state.map) ? '' : state.map}
          onChange={({ currentTarget }) => currentTarget.value && session.show({ map: currentTarget.value })}
        >
          <option value="">More</option>
          {others.map(({ name }) => (
            <option key={name} value={name}>
              {label(name)}
            </option>
          ))}
        </select>
      )}
    </div>
  );
}

function ColorBar({
  name,
  meaning,
  shown: [low, high],
}: {
  name: string;
  meaning: string;
  shown: readonly [number, number];
}) {
  const { label, unit, factor } = quantityOf(name);
  return (
    <figure class="colorbar">
      <div style={{ background: QUANTITY_GRADIENT }} />
      <span>{written(low, factor)}</span>
      <span>{written((low + high) / 2, factor)}</span>
      <span>{written(high, factor)}</span>
      <figcaption title={meaning}>
        {label}
        {unit && `, ${unit}`}
      </figcaption>
    </figure>
  );
}

function StatusLegend({ fit }: { fit: State['fits'][number] }) {
  return (
    <ul class="legend below">
      {Object.keys(fit.facts.voxelsByStatus)
        .filter((word) => word !== 'background')
        .map((word) => (
          <li key={word}>
            <i style={{ background: STATUS_COLORS[word] }} /> {inWords(word)}
          </li>
        ))}
    </ul>
  );
}

const MOVES: Readonly<Record<string, readonly [number, number, number]>> = {
  ArrowLeft: [-1, 0, 0],
  ArrowRight: [1, 0, 0],
  ArrowUp: [0, 1, 0],
  ArrowDown: [0, -1, 0],
  PageUp: [0, 0, 1],
  PageDown: [0, 0, -1],
};

function Canvas(props: { label: string; session: Session; onReady: (viewer: Viewer) => void }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const viewer = useRef<Viewer | null>(null);
  useEffect(() => {
    const { session } = props;
    void import('./viewer.ts').then(async ({ Viewer }) => {
      const opened = new Viewer(
        (voxel) => void session.select(voxel),
        (labels) => void session.measure(labels),
      );
      await opened.attach(canvas.current!);
      viewer.current = opened;
      props.onReady(opened);
    });
  }, []);
  return (
    <div
      class="canvas"
      tabIndex={0}
      role="application"
      aria-label={props.label}
      onKeyDown={(event) => {
        const move = MOVES[event.key];
        if (!move) return;
        event.preventDefault();
        viewer.current?.move(...move);
      }}
    >
      <canvas ref={canvas} tabIndex={-1} />
    </div>
  );
}
