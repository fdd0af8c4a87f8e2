import { randomBytes } from 'node:crypto';
import { createReadStream, readdirSync, readFileSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packageRoot } from '../plugins/places.ts';

/** The page on this machine. */
export interface PageServer {
  /** Its address, with a word that nobody else on this machine knows. */
  readonly url: string;
  close(): Promise<void>;
}

const HOST = '127.0.0.1';
/** Folders of the package that the page reads too. */
const BESIDE = ['models', 'examples'];
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
};

/**
 * Serves the built page and the named scans, and nothing else, to this machine. Addresses start with a random word, since every
 * user of the machine can connect, and requests for another host are refused, since a name may be made to point here.
 * @param folder of the built page
 * @param scans files that the page opens at once
 * @param port 0 for any that is free
 */
export async function servePage(folder: string, scans: readonly string[], port = 0): Promise<PageServer> {
  const word = randomBytes(12).toString('base64url');
  const files = new Map<string, string>();
  const root = fileURLToPath(packageRoot);
  for (const [at, below] of [[folder, '/'], ...BESIDE.map((name) => [join(root, name), `/${name}/`])]) {
    for (const path of readdirSync(at, { recursive: true, encoding: 'utf8' })) {
      if (statSync(join(at, path)).isFile()) files.set(below + path.replaceAll('\\', '/'), join(at, path));
    }
  }
  const policy = /content="(default-src[^"]*)"/.exec(readFileSync(files.get('/index.html')!, 'utf8'))![1];
  // Files of different folders may have one name.
  const named = scans.map((file, i) => `scan/${i}/${encodeURIComponent(basename(file))}`);
  scans.forEach((file, i) => files.set(`/${named[i]}`, file));
  const scanJson = JSON.stringify({ files: named, keep: false });

  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const { port } = server.address() as AddressInfo;
    const path = new URL(request.url ?? '/', `http://${HOST}`).pathname;
    const within = path.startsWith(`/${word}/`) ? path.slice(word.length + 1) : undefined;
    const refuse = (code: number) => response.writeHead(code).end();
    if (request.headers.host !== `${HOST}:${port}`) return void refuse(421);
    if (request.method !== 'GET' && request.method !== 'HEAD') return void refuse(405);
    if (within === undefined) return void refuse(404);
    const head = {
      'Cache-Control': 'no-store',
      'Content-Security-Policy': policy,
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Resource-Policy': 'same-origin',
      'Referrer-Policy': 'no-referrer',
      'X-Content-Type-Options': 'nosniff',
    };
    const type = (name: string) => TYPES[extname(name)] ?? 'application/octet-stream';
    if (within === '/scan.json') {
      return void response.writeHead(200, { ...head, 'Content-Type': type(within) }).end(scanJson);
    }
    const name = within === '/' ? '/index.html' : within;
    const file = files.get(name);
    if (file === undefined) return void refuse(404);
    response.writeHead(200, { ...head, 'Content-Type': type(name), 'Content-Length': statSync(file).size });
    if (request.method === 'HEAD') return void response.end();
    // A browser that goes away ends the response, which is no fault.
    createReadStream(file)
      .on('error', () => response.destroy())
      .pipe(response);
  };
  const server = createServer((request, response) => {
    try {
      answer(request, response);
    } catch {
      response.writeHead(400).end();
    }
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, HOST, resolve));
  const { port: taken } = server.address() as AddressInfo;
  return {
    url: `http://${HOST}:${taken}/${word}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
