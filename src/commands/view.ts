import { spawn } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InputError } from '../contracts/input-error.ts';
import { filesBelow } from '../files/files-below.ts';
import { absence } from '../files/reason.ts';
import { packageRoot } from '../plugins/places.ts';
import { Interruption } from '../terminal/interruption.ts';
import { printMessage, printResult } from '../terminal/print.ts';
import { servePage } from './page-server.ts';

export interface ViewOptions {
  /** Whether to open the page in a browser. */
  readonly open: boolean;
  /** Absent: any that is free. */
  readonly port?: number;
}

/** Files beside a scan that belong to it. */
const BESIDE = '.bval';

/**
 * Serves the page that fits scans in a browser to this machine, until it is interrupted.
 * @param scans files that the page opens at once, or folders of DICOM; the `.bval` file beside an image comes along
 * @returns the exit code
 * @throws InputError if a file is missing, the port is taken, or the page is not built
 */
export async function view(scans: readonly string[], { open, port = 0 }: ViewOptions): Promise<number> {
  const missing = scans.find((file) => !existsSync(file));
  if (missing !== undefined) throw new InputError(`cannot read ${missing}: ${absence(missing)}`);
  const page = fileURLToPath(new URL('build/page/', packageRoot));
  if (!existsSync(`${page}index.html`)) {
    throw new InputError('the page is not built here: npm run build:page builds it');
  }
  const folders = scans.filter((scan) => statSync(scan).isDirectory());
  const files = scans.filter((scan) => !folders.includes(scan));
  for (const folder of folders) files.push(...(await filesBelow(folder)));
  const server = await servePage(page, withBvals(files), port).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE' && error.code !== 'EACCES') throw error;
    throw new InputError(`--port ${port}: it is not free; leave out --port for one that is`, {
      cause: error,
    });
  });
  printResult(server.url);
  printMessage('the page is open to this machine alone; Ctrl-C ends it');
  if (open) openInBrowser(server.url);
  await new Promise<void>((end) => new Interruption('ended', end));
  await server.close();
  return 0;
}

/** Adds the b-values that lie beside images, unless a file of b-values is named. */
function withBvals(scans: readonly string[]): string[] {
  const files = scans.map((file) => resolve(file));
  if (files.some((file) => file.endsWith(BESIDE))) return files;
  const beside = files.map((file) => file.replace(/\.nii(\.gz)?$/i, BESIDE));
  return [...new Set([...files, ...beside.filter((file) => existsSync(file))])];
}

/** The command that opens an address, by platform. */
const OPENERS: Readonly<Record<string, readonly string[]>> = {
  darwin: ['open'],
  win32: ['cmd', '/c', 'start', ''],
  linux: ['xdg-open'],
};

/** Without a browser, the address that was printed has to do. */
function openInBrowser(url: string): void {
  const [command, ...words] = OPENERS[process.platform] ?? OPENERS['linux'];
  const child = spawn(command, [...words, url], { detached: true, stdio: 'ignore' });
  child.on('error', () => {});
  child.unref();
}
