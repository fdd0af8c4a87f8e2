import { useEffect, useState } from 'preact/hooks';
import type { Session, State } from './session.ts';

/** Returns the state of the session, and draws the component again when it changes. */
export function useSession(session: Session): State {
  const [state, setState] = useState(session.state);
  useEffect(() => session.subscribe(() => setState(session.state)), [session]);
  return state;
}
