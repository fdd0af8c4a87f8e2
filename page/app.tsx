import { useEffect, useState } from 'preact/hooks';
import { ChooseSeries } from './choose-series.tsx';
import { ComparisonPanel } from './comparison-panel.tsx';
import { DropZone } from './drop-zone.tsx';
import { FitPanel } from './fit-panel.tsx';
import { Results } from './results.tsx';
import { ScanPanel } from './scan-panel.tsx';
import type { Session } from './session.ts';
import { Start } from './start.tsx';
import { useSession } from './use-session.ts';
import { Viewers } from './viewers.tsx';
import { VoxelPanel } from './voxel-panel.tsx';
import { RegionPanel } from './region-panel.tsx';

/** The whole page. */
export function App({ session }: { session: Session }) {
  const state = useSession(session);
  const { scan, busy, fault } = state;
  return (
    <DropZone session={session}>
      <header class="bar">
        <button type="button" class="brand" onClick={session.close} title="Start again">
          <Mark /> ivim-bench
        </button>
        <p class="promise">Scans stay in this browser</p>
      </header>
      {fault && (
        <div class="fault" role="alert">
          <div>
            <strong>{fault.title}</strong>
            {fault.lines.map((line) => (
              <p key={line}>{line}</p>
            ))}
          </div>
          <button type="button" class="quiet" onClick={session.dismiss}>
            Dismiss
          </button>
        </div>
      )}
      <ChooseSeries session={session} state={state} />
      {scan ? (
        <main class="bench">
          <h1 class="unseen">Fit of a scan</h1>
          <div class="side">
            <ScanPanel session={session} state={state} />
            <FitPanel session={session} state={state} />
            <Results session={session} state={state} />
          </div>
          <div class="views">
            <Viewers session={session} state={state} />
            <ComparisonPanel session={session} state={state} />
          </div>
          <div class="facts">
            <VoxelPanel session={session} state={state} />
            <RegionPanel session={session} state={state} />
          </div>
        </main>
      ) : (
        <Start session={session} state={state} />
      )}
      <Announcement text={busy ? `${busy} …` : ''} />
    </DropZone>
  );
}

/** A polite message for screen readers and a line at the bottom for everybody else. */
function Announcement({ text }: { text: string }) {
  const [shown, show] = useState('');
  // Short waits are not worth a message.
  useEffect(() => {
    const timer = setTimeout(() => show(text), text === '' ? 0 : 250);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <p class={`busy ${shown === '' ? 'unseen' : ''}`} role="status">
      {shown}
    </p>
  );
}

/** A decay in two axes. */
const Mark = () => (
  <svg viewBox="0 0 16 16" width="18" height="18" aria-hidden="true">
    <path d="M2 2v12h12" fill="none" stroke="currentColor" stroke-width="1.4" />
    <path d="M3 3c1 7 4 8 11 9" fill="none" stroke="var(--accent)" stroke-width="2.2" />
  </svg>
);
