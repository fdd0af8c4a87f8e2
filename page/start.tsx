import { ChooseFiles } from './choose-files.tsx';
import { EXAMPLES } from './examples.ts';
import type { Session, State } from './session.ts';

/** What is seen before a scan is open. */
export function Start({ session, state }: { session: Session; state: State }) {
  const { pending } = state;
  return (
    <main class="start">
      <h1>See the perfusion in a diffusion scan</h1>
      <p class="lead">
        Fits the intravoxel incoherent motion model to every voxel, and shows the maps, the decay behind each
        number and how sure it is.
      </p>
      <div class="drop">
        {pending ? (
          <Pending pending={pending} />
        ) : (
          <p>
            <strong>Drop a scan here</strong>
            <span>
              .nii or .nii.gz with its .bval file, or a folder of DICOM; a mask or regions too, if there are
              any
            </span>
          </p>
        )}
        <div class="row">
          <ChooseFiles session={session} class="primary">
            Choose files
          </ChooseFiles>
          <ChooseFiles session={session} class="" folder>
            Choose a folder
          </ChooseFiles>
        </div>
      </div>
      <h2>Or try an example</h2>
      <ul class="examples">
        {EXAMPLES.map(({ title, text, files }) => (
          <li key={title}>
            <button type="button" onClick={() => void session.takeFrom(files)}>
              <strong>{title}</strong>
              <span>{text}</span>
            </button>
          </li>
        ))}
      </ul>
    </main>
  );
}

function Pending({ pending }: { pending: NonNullable<State['pending']> }) {
  const { signals, bval } = pending;
  const [have, need] =
    signals.length > 0
      ? [signals.join(', '), 'Drop its .bval file too, with the b-value of every volume.']
      : [
          bval ?? pending.mask ?? pending.labels ?? 'These files',
          'Drop the scan too: a .nii or .nii.gz image.',
        ];
  return (
    <p>
      <strong>{have} is here</strong>
      <span>{need}</span>
    </p>
  );
}
