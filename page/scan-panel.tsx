import { ChooseFiles } from './choose-files.tsx';
import { counted } from '../src/wording/counted.ts';
import type { Session, State } from './session.ts';

/** What the open scan is. */
export function ScanPanel({
  session,
  state: { files, scan, converted },
}: {
  session: Session;
  state: State;
}) {
  if (!files || !scan) return null;
  const b = [...new Set(scan.bValues)].sort((x, y) => x - y);
  return (
    <section class="card" aria-labelledby="scan-title">
      <div class="head">
        <h2 id="scan-title">Scan</h2>
        <ChooseFiles session={session} class="quiet">
          Add files
        </ChooseFiles>
      </div>
      <dl class="pairs">
        <dt>Series</dt>
        <dd class="file">
          {files.signals.length === 1 ? files.signals[0] : `${files.signals.length} images`}
        </dd>
        <dt>Voxels</dt>
        <dd>
          {scan.shape.join(' × ')} of {scan.sizes.map((size) => Number(size.toPrecision(3))).join(' × ')} mm
        </dd>
        <dt>b-values</dt>
        <dd title={b.join(', ')}>
          {b.length} from {b[0]} to {b[b.length - 1]} s/mm²
          {scan.bValues.length > b.length ? `, ${scan.bValues.length} volumes` : ''}
        </dd>
        {files.mask && (
          <>
            <dt>Mask</dt>
            <dd>
              {files.mask}, {scan.inside?.toLocaleString('en')} voxels
            </dd>
          </>
        )}
        {files.labels && (
          <>
            <dt>Regions</dt>
            <dd>{files.labels}</dd>
          </>
        )}
      </dl>
      {converted && converted.warnings.length > 0 && (
        <details class="notes">
          <summary>Converted from DICOM with {counted(converted.warnings.length, 'warning')}</summary>
          <ul>
            {converted.warnings.map((warning) => (
              <li key={warning}>{warning}</li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}
