import { IDEAL } from '../../contracts/metric.ts';
import type { Session, VolunteersSettings } from './settings.ts';

/**
 * Settings in which every session is followed by one of ideal reading: the same people, grid and noise without motion, read by
 * the readers of `ideal`. Settings without `ideal` are returned as they are.
 */
export function withIdealSessions(settings: VolunteersSettings): VolunteersSettings {
  if (!settings.ideal) return settings;
  const sessions = Object.entries(settings.sessions).flatMap(([name, session]): [string, Session][] => [
    [name, session],
    [`${name}${IDEAL}`, { ...session, idealOf: name }],
  ]);
  return { ...settings, sessions: Object.fromEntries(sessions) };
}
