import { spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { inProcess, root } from '../commands/command-line.ts';
import { putSeries } from '../dicom/example-dicom.ts';
import { BRIEF, smallYaml } from '../runner/tiny-study.ts';
import { blocksOf, commandsOf, pages, TYPED, type DocumentedCommand } from './documented-commands.ts';

/**
 * Types every command of the documentation into a shell, where its page says. Long ones are shortened by options that the
 * program documents, which are listed here and come after the words of the page, so that these are still parsed and
 * checked. Commands that need a network, a peer or many minutes are run only by
 *
 *     npm test -- docs/commands --every-command
 *
 * and checked for what they name otherwise. What was done with each is printed at the end.
 */
const test = suite('commands of the documentation');
const scratch = mkdtempSync(join(tmpdir(), 'ivim-bench-docs-'));
test.after(() => rmSync(scratch, { recursive: true, force: true }));

const { version, scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  version: string;
  scripts: Record<string, string>;
};

/** Whether the commands of `CHECKED` are run too, in a clone and a project that are copies and not links. */
const everyCommand = process.env.IVIM_BENCH_EVERY_COMMAND === '1';

/** The gate for one fitter and few voxels. */
const BRIEF_TIMING = '--set timing.warmUpMs=0 --set timing.repeats=3';
const SMALL_GATE = `--set 'fitters=[segmented]' --set data.voxels=200 ${BRIEF_TIMING}`;

/** What comes after the words of a page, by the beginning of the command: the first that fits. */
const SHORTER: readonly (readonly [RegExp, string])[] = [
  [/^npm start$/, '-- --dry-run'],
  [/^npm test$/, '-- --list'],
  [/^npm test -- /, '--list'],
  // Other commands install the tarball where they are run.
  [/^npm pack$/, everyCommand ? '' : '--dry-run --ignore-scripts'],
  [/ (run|check) configs\/ci\.yaml/, SMALL_GATE],
  // The tests of these experiments train as long as their assertions need.
  [/ run configs\/smoke\.yaml/, '--workers 1 --set fitters.dnn.epochs=2'],
  [
    / run configs\/segmentation-transfer-smoke\.yaml/,
    '--workers 1 --set from.steps=6 --set to.steps=3 --set to.draws=1',
  ],
  [/ run configs\/volunteers-segmented-smoke\.yaml/, '--workers 1 --set network.training.epochs=3'],
  [/ run configs\/lesion-detection-smoke\.yaml/, '--workers 1 --set training.epochs=2'],
  [/ run configs\/(\S+-)?smoke\.yaml/, '--workers 1 --set training.epochs=1'],
  [/ run (configs\/|mine)/, '--dry-run'],
  [
    / run examples\/plugins\/study\.yaml/,
    `--set data.voxels=100 --set statistics.resamples=20 ${BRIEF_TIMING}`,
  ],
  // The test of the examples runs them.
  [/ run examples\/plugins\/(image-study|own-experiment)\.yaml/, '--dry-run'],
  [
    / train configs\/posterior\.yaml/,
    '--set fitters.posterior-net.epochs=1 --set fitters.posterior-net.exactVoxels=20',
  ],
  [/ train configs\/any-protocol\.yaml/, '--set fitters.study.steps=1 --set fitters.body.steps=1'],
  [/ simulate configs\/liver-fibrosis\.yaml/, '--set data.virtual.cases=24'],
  [/ simulate configs\/volunteers\.yaml/, '--set data.virtual.subjects=1'],
  [
    / fit .* --fitter hierarchical /,
    '--set learnFrom=200 --set sweeps=50 --set burnIn=100 --set samples=200',
  ],
  [/ optimise-protocol /, '--sample 10 --starts 1'],
  // It serves until it is interrupted; test/page runs it.
  [/ ivim-bench view/, '--help'],
  [/^npm run bench$/, '-- --quick ls-global'],
  [/^npm run bench -- --quick$/, 'ls-global'],
  [/^npm run bench:(commands|growth|roofline)$/, '-- --quick'],
  [/ scripts\/train-without-b0\.ts$/, '--steps 1 --out without-b0'],
];

/** Commands that need a network, a peer or a long time, and what is checked instead. */
const CHECKED: readonly (readonly [RegExp, string, (match: RegExpExecArray) => void])[] = [
  [/^npm run (\S+)/, 'the script is in package.json, and its file exists', ([, name]) => scriptExists(name)],
  [
    /^node --import tsx (\S+)/,
    'the file exists',
    ([, file]) => assert.ok(existsSync(join(root, file)), file),
  ],
  [/^(scripts\/[\w/.-]+)$/, 'the file exists and can be run', ([, file]) => runnable(file)],
  [
    /^npm install .*ivim-bench-(.*)\.tgz$/,
    'the version is that of the package',
    ([, of]) => assert.is(of, version),
  ],
  [/^npm install (--save-dev )?[a-z@]/, 'not run: a registry', () => {}],
  [/^npm install --save-dev$/, 'not run: a registry', () => {}],
  [/^apt-get install /, 'not run: a system package', () => {}],
];

function scriptExists(name: string): void {
  const command = scripts[name];
  assert.ok(command !== undefined, `npm run ${name}`);
  const file = /\bscripts\/\S+/.exec(command)?.[0];
  if (file !== undefined) assert.ok(existsSync(join(root, file)), file);
}

function runnable(file: string): void {
  const { mode } = statSync(join(root, file));
  // A file that is named as one, such as a module, need not be executable.
  assert.ok((mode & 0o111) !== 0 || file.includes('.') || file.endsWith('/'), file);
}

/** What stands for words in capitals. */
const PLACEHOLDERS: Readonly<Record<string, string>> = { NAME: 'map', FILE: 'my-fitter.ts', 'FITTER…': 'ls' };

const clone = join(scratch, 'home', 'ivim-bench');
const scans = join(scratch, 'scans');
const fresh = join(scratch, 'fresh');
/** Where the package is installed from its tarball: npm makes nothing of the linked packages of `scans`. */
const installed = join(scratch, 'installed');

/** A clone whose folders that commands write to are copies. */
function makeClone(): void {
  mkdirSync(clone, { recursive: true });
  const copied = ['configs', 'models', 'examples', 'docs', 'results/reference'];
  for (const name of readdirSync(root)) {
    if (name.startsWith('.git') || copied.includes(name) || ['results', 'coverage'].includes(name)) continue;
    if (!everyCommand && statSync(join(root, name)).isDirectory())
      symlinkSync(join(root, name), join(clone, name));
    else if (statSync(join(root, name)).isDirectory())
      cpSync(join(root, name), join(clone, name), { recursive: true, verbatimSymlinks: true });
    else cpSync(join(root, name), join(clone, name));
  }
  for (const name of copied) cpSync(join(root, name), join(clone, name), { recursive: true });
  for (const folder of [fresh, installed]) mkdirSync(folder);
  for (const name of ['package.json', 'package-lock.json']) cpSync(join(root, name), join(fresh, name));
}

/** A folder with scans and the files that the guides ask to save, where the package is installed. */
function makeScans(): void {
  mkdirSync(join(scans, 'node_modules', '.bin'), { recursive: true });
  for (const name of readdirSync(join(root, 'node_modules'))) {
    if (!name.startsWith('.'))
      symlinkSync(join(root, 'node_modules', name), join(scans, 'node_modules', name));
  }
  symlinkSync(root, join(scans, 'node_modules', 'ivim-bench'));
  symlinkSync('../ivim-bench/bin/ivim-bench.mjs', join(scans, 'node_modules', '.bin', 'ivim-bench'));
  symlinkSync('../typescript/bin/tsc', join(scans, 'node_modules', '.bin', 'tsc'));
  writeFileSync(join(scans, 'package.json'), '{ "type": "module" }\n');
  const scan = join(root, 'examples', 'scan');
  for (const folder of [clone, scans]) {
    cpSync(join(scan, 'dwi.nii.gz'), join(folder, 'scan.nii.gz'));
    cpSync(join(scan, 'dwi.bval'), join(folder, 'scan.bval'));
    for (const name of ['mask', 'brain', 'regions'])
      cpSync(join(scan, 'mask.nii.gz'), join(folder, `${name}.nii.gz`));
    putSeries(join(folder, 'DICOM'), { as: 'siemens' });
    writeFileSync(join(folder, 'regions.tsv'), 'index\tname\n1\tthe whole mask\n');
    cpSync(join(root, 'examples', 'plugins'), folder, {
      recursive: true,
      filter: (file) => !/README|tsconfig/.test(file),
    });
    writeFileSync(
      join(folder, 'ratings.csv'),
      blocksOf('docs/icc.md').find(({ language }) => language === 'csv')!.code,
    );
    writeFileSync(join(folder, 'my-study.yaml'), smallStudy('fitters: [ls, segmented]'));
  }
  const external = blocksOf('docs/external-fitters.md');
  const code = (wanted: string) => external.find(({ language }) => language === wanted)!.code;
  writeFileSync(join(scans, 'log_linear.py'), code('python'));
  writeFileSync(join(scans, 'mine.yaml'), smallStudy(code('yaml')));
}

const smallStudy = (fitters: string): string => smallYaml(BRIEF + fitters, 50);

/**
 * Starts the program that npx would start, without npm, which takes nine times as long to start as the program itself. The
 * preparations below type one line in either folder with the real npx.
 */
const SHORT_NPX = `#!/bin/sh
program=$1
shift
[ -x "node_modules/.bin/$program" ] && exec "node_modules/.bin/$program" "$@"
[ "$program" = ivim-bench ] && exec node bin/ivim-bench.mjs "$@"
exit 127
`;
const programs = join(scratch, 'programs');
mkdirSync(programs);
writeFileSync(join(programs, 'npx'), SHORT_NPX, { mode: 0o755 });

/** A line as a shell in that folder takes it; the network is out of reach unless every command is run. */
function type(
  line: string,
  cwd: string,
  npx: 'short' | 'real' = 'short',
): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn('bash', ['-c', line], {
      cwd,
      env: {
        ...process.env,
        ...(npx === 'short' ? { PATH: `${programs}:${process.env.PATH}` } : {}),
        HOME: join(scratch, 'home'),
        NO_COLOR: '1',
        ...(everyCommand ? {} : { npm_config_cache: join(scratch, 'npm'), npm_config_offline: 'true' }),
        npm_config_update_notifier: 'false',
        IVIM_BENCH_EVERY_COMMAND: '',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    }
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output }));
  });
}

/**
 * A line of this program within this process, which spares its start: its words as the shell makes them, in that folder.
 * That `npx ivim-bench` starts the program is shown by the preparations.
 */
async function here(line: string, cwd: string): Promise<{ code: number | null; output: string }> {
  const { output } = await type(`printf '%s\\0' ${line.replace(/^npx ivim-bench /, '')}`, cwd);
  const before = process.cwd();
  process.chdir(cwd);
  try {
    const { code, stdout, stderr } = await inProcess(...output.split('\0').slice(0, -1));
    return { code, output: stdout + stderr };
  } finally {
    process.chdir(before);
  }
}

const FROM_TARBALL = /^npm install ~\/\S+\.tgz$/;

/** A line that asks nothing else of the shell: no second command, no other place for its output. */
const JUST_PROGRAM = /^npx ivim-bench [^|&;<>]*$/;

const log: Record<'as typed' | 'shortened' | 'checked', string[]> = {
  'as typed': [],
  shortened: [],
  checked: [],
};
const done = new Set<string>();

/** Runs a command once, however often the pages have it. */
async function carryOut({ page, text, place }: DocumentedCommand): Promise<void> {
  const where = `${place}: ${text}`;
  if (done.has(where)) return;
  done.add(where);
  const [, instead, check] = CHECKED.find(([pattern]) => pattern.test(text)) ?? [];
  if (check && !everyCommand) {
    check(CHECKED.map(([pattern]) => pattern.exec(text)).find((match) => match !== null)!);
    log.checked.push(`${text} (${instead})`);
    return;
  }
  const typed = Object.entries(PLACEHOLDERS).reduce(
    (words, [name, value]) => words.replace(name, value),
    text,
  );
  const bare = typed === 'npm ci';
  const words = bare
    ? '--dry-run --ignore-scripts'
    : (SHORTER.find(([pattern]) => pattern.test(typed))?.[1] ?? '');
  const line = words === '' ? typed : `${typed} ${words}`;
  const folder = bare ? fresh : FROM_TARBALL.test(typed) ? installed : place === 'clone' ? clone : scans;
  const run = !everyCommand && JUST_PROGRAM.test(line) ? here : type;
  const { code, output } = await run(line, folder);
  assert.is(code, 0, `${page}: ${line}\n${output.slice(-2000)}`);
  log[words === '' ? 'as typed' : 'shortened'].push(line);
}

test.before(async () => {
  makeClone();
  makeScans();
  // Runs that pages compare, report and check.
  const prepared = await type(
    'npx ivim-bench run study.yaml --allow-external --set data.voxels=50 --out results/study --quiet && ' +
      'for run in before after a b; do cp -r results/study results/$run; done && ' +
      'npx ivim-bench check my-study.yaml --update --quiet',
    scans,
    'real',
  );
  assert.is(prepared.code, 0, prepared.output);
  // The gate is typed for one fitter alone.
  const accepted = await type(
    `npx ivim-bench check configs/ci.yaml --update --quiet ${SMALL_GATE}`,
    clone,
    'real',
  );
  assert.is(accepted.code, 0, accepted.output);
  cpSync(join(scans, 'results'), join(clone, 'results'), { recursive: true });
});

for (const page of pages()) {
  const commands = commandsOf(page);
  if (commands.length === 0) continue;
  test(`${page}: ${commands.length} commands`, async () => {
    for (const command of commands) await carryOut(command);
  });
}

test('no page has a command outside of an `sh` block, or one that is not found in a clone', () => {
  for (const page of pages()) {
    for (const { language, code } of blocksOf(page)) {
      for (const line of code.split('\n')) {
        if (language === 'sh') assert.not.match(line, /^ivim-bench /, page);
        else assert.not.match(line, TYPED, `${page}: a block of ${language || 'no language'}`);
      }
    }
    const text = readFileSync(join(root, page), 'utf8').replaceAll(/^```[\s\S]*?^```$/gm, '');
    assert.not.match(text, /^ {4}(npx|npm|ivim-bench|node) /m, `${page}: an indented command`);
  }
});

test('prints what was done with every command', () => {
  for (const [how, lines] of Object.entries(log)) {
    process.stdout.write(`${lines.length} ${how}\n${lines.map((line) => `  ${line}\n`).join('')}`);
  }
  assert.ok(log['as typed'].length >= 30, `${log['as typed'].length} as typed`);
});

test.run();
