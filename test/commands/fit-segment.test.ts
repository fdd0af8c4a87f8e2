import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { fit } from '../../src/commands/fit.ts';
import { readNifti } from '../../src/data/nifti-read.ts';
import { minimalNifti } from '../data/minimal-nifti.ts';
import { refused } from '../data/refused.ts';
import { scratchFolder } from '../data/scratch-folder.ts';
import { untrainedNetwork } from '../segmented/untrained-network.ts';

const test = suite('fit-segment');
const { path, put } = scratchFolder();
const slope = fileURLToPath(new URL('../fitting/slope-fitter.ts', import.meta.url));
const b = [0, 50, 200, 500];
put('scan.bval', b.join(' '));
put('few.bval', '0 50 200 400');
const S0 = Array.from({ length: 128 }, (_, i) => 100 + ((i * 37) % 90));
const values = b.flatMap((each) => S0.map((s) => s * Math.exp(-each * 1e-3)));
const image = { datatype: 64, shape: [8, 8, 2, 4], values } as const;
const scan = put(
  'scan.nii',
  minimalNifti({ ...image, sformCode: 1, sform: [-4, 0, 0, 0, 0, 4, 0, 0, 0, 0, 6, 0] }),
);
const nowhere = put('nowhere.nii', minimalNifti({ ...image, pixdim: [1, 4, 4, 6] }));
put('nowhere.bval', b.join(' '));
const network = path('network');
const options = (out: string) => ({ signals: [scan], fitter: slope, out: path(out), quiet: true });

test.before(async () => {
  mkdirSync(network);
  for (const [name, bytes] of (await untrainedNetwork()).files) writeFileSync(join(network, name), bytes);
});

test('the label map and its names are written, and used as regions; the report says what marked them', async () => {
  assert.is(await fit({ ...options('maps'), segment: network }), 0);
  const marked = await readNifti(path('maps/regions.nii.gz'));
  assert.equal(marked.header.shape, [8, 8, 2]);
  assert.is(readFileSync(path('maps/regions.tsv'), 'utf8'), 'index\tname\n1\tliver\n2\tspleen\n');
  const table = readFileSync(path('maps/regions.csv'), 'utf8').split('\n');
  const voxels = Array.from(marked.data).filter((label) => label === 1).length;
  assert.ok(table.some((line) => line.startsWith(`liver,1,S0,,${voxels},`)));
  const words = 'unet, trained on 7 virtual people';
  assert.ok(readFileSync(path('maps/report.html'), 'utf8').includes(words));
  const record = JSON.parse(readFileSync(path('maps/status.json'), 'utf8')) as Record<string, unknown>;
  assert.equal((record.regionsProposedBy as { regions: string[] }).regions, ['liver', 'spleen']);
  // Given back as drawn regions they are the same, and a fit without a network does not remove them.
  const [image, names] = ['maps/regions.nii.gz', 'maps/regions.tsv'].map(path);
  await fit({ ...options('again'), regions: image, labels: names, report: false });
  assert.is(readFileSync(path('again/regions.csv'), 'utf8'), table.join('\n'));
  await fit({ ...options('maps'), report: false });
  assert.ok(existsSync(image) && existsSync(names) && !existsSync(path('maps/regions.csv')));
});

test('axes of a scan without a place in space are taken to run as in the training', async () => {
  await fit({ ...options('nowhere'), signals: [nowhere], segment: network, report: false });
  const [one, other] = await Promise.all(
    ['maps', 'nowhere'].map((at) => readNifti(path(`${at}/regions.nii.gz`))),
  );
  assert.equal([...Array.from(one.data)], [...Array.from(other.data)]);
  const { notes } = JSON.parse(readFileSync(path('nowhere/status.json'), 'utf8')) as { notes: string[] };
  assert.ok(notes.some((note) => note.includes('does not say which side is which')));
});

test('mistakes are named, and nothing is written', async () => {
  const segmented = (more: object) => () => fit({ ...options('none'), segment: network, ...more });
  await refused(
    segmented({ bval: path('few.bval') }),
    'scan.nii: has no volume at b=500',
    'the scan has 0, 50, 200, 400',
  );
  await refused(segmented({ regions: scan }), '--regions', 'allowed: one of the two');
  await refused(segmented({ segment: path('no') }), '--segment', 'no');
  put('file.txt', '');
  await refused(segmented({ segment: path('') }), '--segment', 'did you mean', 'network?');
  const csv = put('t.csv', 'b0,b50,b200,b500\n1,0.9,0.8,0.6\n');
  await refused(segmented({ signals: [csv], out: path('t-out.csv') }), '--segment', 'not in', 't.csv');
  assert.not.ok(existsSync(path('none')));
});

/** A network whose manifest has another value at a place, such as `inputs.neighbours`. */
function changed(place: string, value: unknown): string {
  const folder = path('changed');
  rmSync(folder, { recursive: true, force: true });
  cpSync(network, folder, { recursive: true });
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Record<string, unknown>;
  const parts = place.split('.');
  let at = manifest;
  for (const part of parts.slice(0, -1)) at = at[part] as Record<string, unknown>;
  at[parts.at(-1)!] = value;
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest));
  return folder;
}

test('a network from a stranger is refused where its record is of other types, leads elsewhere or asks for absurd sizes', async () => {
  for (const [place, value, ...says] of [
    ['model.settings', 'x', 'model.settings', 'expected object'],
    ['model.settings', null, 'model.settings', 'expected object'],
    ['model.settings.channels', 'abc', 'model.settings.channels'],
    ['model.settings.channels', [1e9, 1e9], 'model.settings.channels.0'],
    ['model.settings.more', 1, 'Unrecognized key'],
    ['model.settings.channels', [2, 2, 2, 2, 2, 2], 'scan.nii: unet takes images'],
    ['model.settings.channels', [256, 256], 'the network has', 'weights or more; allowed: up to'],
    ['model.use', 'mlp', 'model.settings'],
    ['model.use', '../../trap', 'the path of a file'],
    ['model.use', 'constructor', 'unknown model constructor'],
    ['regions', Array.from({ length: 256 }, (_, i) => `r${i}`), 'regions', '255'],
    ['regions', ['liver\n9\tx', 'spleen'], 'control characters'],
    ['regions', ['liver', 'liver'], 'occurs twice'],
    ['inputs.neighbours', 1e9, 'inputs.neighbours', '16'],
    ['inputs.bValues', new Array(1000).fill(0), 'inputs.bValues', '256'],
    ['shape', [2 ** 40, 2 ** 40, 6], 'shape.0', '4096'],
    ['trainedOn.voxel', [0.01, 0.01, 0.01], '2 volumes of 3200 x 3200 x 1200 voxels', 'allowed: up to'],
    ['volumes', true, 'weights of the saved network'],
  ] as const) {
    const segment = changed(place, value);
    await refused(() => fit({ ...options('none'), segment }), ...says);
  }
  assert.not.ok(existsSync(path('none')));
});

test('links, pipes and gigabytes in the folder of a network are not read', async () => {
  const segment = changed('seed', 1);
  symlinkSync('/dev/zero', join(segment, 'endless'));
  await fit({ ...options('linked'), segment, report: false });
  for (let i = 0; i < 5; i++) {
    writeFileSync(join(segment, `x${i}`), '');
    truncateSync(join(segment, `x${i}`), 60 * 2 ** 20);
  }
  await refused(
    () => fit({ ...options('none'), segment }),
    segment,
    'found files of more than 268435456 bytes',
  );
  rmSync(join(changed('seed', 1), 'learner.f32'));
  symlinkSync('/dev/zero', join(segment, 'learner.f32'));
  await refused(() => fit({ ...options('none'), segment }), 'weights');
});

test.run();
