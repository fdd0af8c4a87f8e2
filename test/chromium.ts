import { existsSync } from 'node:fs';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The browser to test with; undefined if there is none. */
export const executablePath = [process.env.CHROMIUM ?? '', ...PLACES].find(
  (path) => path !== '' && existsSync(path),
);

/** Why tests in a browser are skipped. */
export const NO_BROWSER = `no browser at ${PLACES.join(', ')} or $CHROMIUM`;

/** Flags of a browser that stays off the network. */
export const FLAGS = [
  ...['--headless', '--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  ...['--disable-component-update', '--disable-sync'],
];
