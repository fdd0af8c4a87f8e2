import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';

const test = suite('architecture');

const root = new URL('../', import.meta.url);
const text = (file: string): string => readFileSync(new URL(file, root), 'utf8');
const sources = ['src', 'experiments'].flatMap((folder) =>
  readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' })
    .map((file) => `${folder}/${file.replaceAll('\\', '/')}`)
    .filter((file) => /\.(ts|mjs)$/.test(file)),
);

/** The room a file lies in, by its name in the table: `src/data/`, `experiments/`, `src/cli.ts`. */
function roomOf(file: string): string {
  if (file.startsWith('experiments')) return 'experiments/';
  const [folder, name, ...deeper] = file.split('/');
  return deeper.length > 0 ? `${folder}/${name}/` : file;
}

interface Import {
  readonly from: string;
  readonly to: string;
  readonly typesOnly: boolean;
}

const IMPORT =
  /^\s*(?:import|export)\s+(type\s)?(?:[\w*{}\s,$]+?\bfrom\s*)?['"]([^'"\n]+)['"]|\bimport\s*\(\s*['"]([^'"\n]+)['"]/gm;

/** Everything a file imports: modules of the project by their path from its root, others as they are named. */
function importsOf(from: string): Import[] {
  return [...text(from).matchAll(IMPORT)].map(([, type, stated, later]) => {
    const name = stated ?? later;
    const to = name.startsWith('.') ? posix.join(posix.dirname(from), name) : name;
    return { from, to, typesOnly: type !== undefined };
  });
}
const imports = sources.flatMap(importsOf);

interface Rule {
  readonly all: boolean;
  readonly rooms: ReadonlySet<string>;
  readonly typesOf: ReadonlySet<string>;
}

/** The table of docs/architecture.md: what each room may import. */
const rules = ((): ReadonlyMap<string, Rule> => {
  const found = new Map<string, Rule>();
  for (const line of text('docs/architecture.md').split('\n')) {
    const [, named = '', , allowed = ''] = line.split('|').map((cell) => cell.trim());
    const rooms = [...named.matchAll(/`([^`]+)`/g)].map(([, room]) => room);
    const words = allowed.split(', ').filter((word) => word !== '');
    const plain = words.filter((word) => !word.endsWith(' (types)'));
    const above = allowed === 'all rooms above' ? [...found.keys()] : plain.map((word) => `src/${word}/`);
    const types = words
      .filter((word) => word.endsWith(' (types)'))
      .map((word) => word.slice(0, -' (types)'.length));
    const rule = {
      all: allowed === 'everything',
      rooms: new Set(allowed === 'everything' ? [] : above),
      typesOf: new Set(types.map((word) => `src/${word}/`)),
    };
    for (const room of rooms) found.set(room, rule);
  }
  return found;
})();

test('every room has its line in docs/architecture.md, and every line and word there is a room', () => {
  const rooms = new Set(sources.map(roomOf));
  assert.equal([...rules.keys()].sort(), [...rooms].sort());
  for (const [room, rule] of rules) {
    for (const word of [...rule.rooms, ...rule.typesOf]) assert.ok(rooms.has(word), `${room} names ${word}`);
  }
});

test('no room imports from one that docs/architecture.md does not allow it', () => {
  assert.ok(imports.length > 500, 'the imports were found');
  const strangers = imports.filter(({ from, to, typesOnly }) => {
    const [room, other] = [roomOf(from), roomOf(to)];
    if (!/^(src|experiments)\//.test(to) || room === other) return false;
    const rule = rules.get(room)!;
    return !(rule.all || rule.rooms.has(other) || (typesOnly && rule.typesOf.has(other)));
  });
  assert.equal(
    strangers.map(({ from, to }) => `${from} imports ${to}`),
    [],
  );
});

const BROWSER =
  /^src\/(wording|signal|random|statistics|solvers|fitters|metrics|agreement|image-metrics|fit-results|figures|report\/fit|nets\/assembly|nets\/fused|browser)\//;

test('what may run in a browser imports nothing of Node', () => {
  const inBrowser = imports.filter(({ from }) => BROWSER.test(from));
  assert.ok(inBrowser.length > 100);
  assert.equal(
    inBrowser.filter(({ to }) => to.startsWith('node:')).map(({ from, to }) => `${from} imports ${to}`),
    [],
  );
});

test.run();
