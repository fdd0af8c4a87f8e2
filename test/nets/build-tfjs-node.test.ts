import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { skip } from '../skip.ts';

/**
 * What `scripts/build-tfjs-node` does without a network, in a project of its own. That it builds a binding that
 * computes is shown by the tests of engine `node` wherever it was run.
 */
const test = suite('scripts/build-tfjs-node');
const script = new URL('../../scripts/build-tfjs-node', import.meta.url);

interface Project {
  readonly root: string;
  readonly cache: string;
  readonly tools: string;
}

/** A project with nothing but what the script looks for, and a folder of tools that stands for the machine's. */
function project(tools: readonly string[]): Project {
  const root = mkdtempSync(join(tmpdir(), 'ivim-bench-'));
  mkdirSync(join(root, 'node_modules/@tensorflow/tfjs'), { recursive: true });
  mkdirSync(join(root, 'scripts'));
  cpSync(script, join(root, 'scripts/build-tfjs-node'));
  writeFileSync(
    join(root, 'package.json'),
    JSON.stringify({ optionalDependencies: { '@tensorflow/tfjs-node': '4.22.0' } }),
  );
  mkdirSync(join(root, 'tools'));
  for (const tool of tools) symlinkSync(where(tool), join(root, 'tools', tool));
  return { root, cache: join(root, 'cache'), tools: join(root, 'tools') };
}

function where(tool: string): string {
  if (tool === 'node') return process.execPath;
  return spawnSync('sh', ['-c', `command -v ${tool}`], { encoding: 'utf8' }).stdout.trim();
}

function run({ root, cache, tools }: Project) {
  const { status, stderr } = spawnSync(where('bash'), [join(root, 'scripts/build-tfjs-node')], {
    encoding: 'utf8',
    env: { PATH: tools, IVIM_BENCH_CACHE: cache },
  });
  return { status, stderr };
}

/** A package that answers as TensorFlow does. */
function built(folder: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'index.js'), "exports.getBackend = () => 'tensorflow';");
}

const basics = ['node', 'dirname', 'uname', 'mkdir', 'mktemp', 'rm', 'cp', 'mv', 'tail'];
const projects: Project[] = [];
const made = (tools: readonly string[]) => {
  projects.push(project(tools));
  return projects.at(-1)!;
};
test.after(() => projects.forEach(({ root }) => rmSync(root, { recursive: true })));

if (process.platform === 'linux' && process.arch === 'x64') {
  test('names the tool that is missing and how to get it', () => {
    assert.match(run(made(basics.filter((tool) => tool !== 'node'))).stderr, /needs node, .*nodejs\.org/);
    const withoutPython = made(basics);
    const { status, stderr } = run(withoutPython);
    assert.is(status, 1);
    assert.match(
      stderr,
      /^build-tfjs-node: needs python3, which is not installed \(.*apt-get install python3/m,
    );
    assert.equal(readdirSync(withoutPython.cache), [], 'nothing half built is left');

    const withLibraries = made([...basics, 'npm', 'python3', 'make']);
    mkdirSync(join(withLibraries.cache, 'tensorflow-cpu-2.15.1'), { recursive: true });
    assert.match(run(withLibraries).stderr, /needs g\+\+, which is not installed \(.*build-essential/);
  });

  test('puts a package built before back into node_modules, and changes nothing else', () => {
    const again = made(basics);
    built(join(again.cache, 'tfjs-node-4.22.0'));
    mkdirSync(join(again.cache, 'tensorflow-cpu-2.15.1'));
    const before = readFileSync(join(again.root, 'package.json'));
    const { status, stderr } = run(again);
    assert.is(status, 0, stderr);
    assert.match(stderr, /engine "node" is ready/);
    assert.equal(readdirSync(join(again.root, 'node_modules/@tensorflow')).sort(), ['tfjs', 'tfjs-node']);
    assert.equal(readdirSync(again.cache).sort(), ['tensorflow-cpu-2.15.1', 'tfjs-node-4.22.0']);
    assert.equal(readFileSync(join(again.root, 'package.json')), before);
  });

  test('says so where the package that was built does not load', () => {
    const broken = made(basics);
    mkdirSync(join(broken.cache, 'tensorflow-cpu-2.15.1'), { recursive: true });
    mkdirSync(join(broken.cache, 'tfjs-node-4.22.0'));
    writeFileSync(
      join(broken.cache, 'tfjs-node-4.22.0/index.js'),
      "throw new Error('libtensorflow.so.2 is gone');",
    );
    const { status, stderr } = run(broken);
    assert.is(status, 1);
    assert.match(stderr, /libtensorflow\.so\.2 is gone/);
    assert.match(stderr, /does not load .*remove .*cache to build anew/);
  });
} else {
  skip(test, 'builds', 'the script builds on Linux x86_64 only');
}

test('has nothing to do where the binding loads', () => {
  const done = made(basics);
  built(join(done.root, 'node_modules/@tensorflow/tfjs-node'));
  const { status, stderr } = run(done);
  assert.is(status, 0);
  assert.match(stderr, /nothing to do/);
});

test('asks for npm ci first', () => {
  const bare = made(basics);
  rmSync(join(bare.root, 'node_modules'), { recursive: true });
  const { status, stderr } = run(bare);
  assert.is(status, 1);
  assert.match(stderr, /run npm ci first/);
});

test.run();
