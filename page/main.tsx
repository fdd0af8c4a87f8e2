import { render } from 'preact';
import { App } from './app.tsx';
import { Session } from './session.ts';
import { openNamed } from './named-scan.ts';

const session = new Session();
render(<App session={session} />, document.getElementById('app')!);
void openNamed(session);
