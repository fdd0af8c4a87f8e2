import { InputError } from '../../src/contracts/input-error.ts';
import { didYouMean } from '../../src/plugins/nearest-name.ts';
import type { VolunteersConfig } from './config.ts';
import type { PlannedSession } from './planned-sessions.ts';

/** Returns the index of the slice of a session to show; null for none. */
export type SampleSlice = (session: PlannedSession) => number | null;

/**
 * Selects the sample of the config: by default the middle slice of the first subject.
 * @throws InputError if there is no such subject, session or slice
 */
export function sampleSlice({ sample }: VolunteersConfig, sessions: readonly PlannedSession[]): SampleSlice {
  const subjects = [...new Set(sessions.map(({ subject }) => subject))];
  const subject = sample.subject ?? subjects[0];
  if (!subjects.includes(subject)) {
    throw new InputError(
      `sample.subject: found ${subject}; allowed: ${subjects.join(', ')}${didYouMean(subject, subjects)}`,
    );
  }
  const ofSubject = sessions.filter((session) => session.subject === subject);
  const { session: wanted } = sample;
  // The folder of session 3T is ses-3T in BIDS; both names are accepted.
  const asked = ({ session }: PlannedSession) =>
    wanted === undefined || session === wanted || session === `ses-${wanted}`;
  const shown = ofSubject.filter(asked);
  if (shown.length === 0) {
    const allowed = ofSubject.map(({ session }) => session).join(', ');
    throw new InputError(`sample.session: found ${wanted}; allowed: ${allowed}, those of ${subject}`);
  }
  const fewest = Math.min(...shown.map(({ slices }) => slices));
  if (sample.slice !== undefined && sample.slice >= fewest) {
    throw new InputError(`sample.slice: found ${sample.slice}; allowed: 0 to ${fewest - 1}`);
  }
  return (session) =>
    session.subject === subject && asked(session) ? (sample.slice ?? Math.floor(session.slices / 2)) : null;
}
