import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { loadConfig } from '../../src/config/load-config.ts';
import type { RunManifest } from '../../src/contracts/stored-run.ts';
import { connectedComponents } from '../../src/data/connected-components.ts';
import { falsePositives, overScans, sensitivityAt, type Detections } from '../../src/image-metrics/froc.ts';
import { LesionSettings } from '../../src/images/abdomens/lesions.ts';
import { NO_DIFFICULTY } from '../../src/images/abdomens/settings.ts';
import { simulateAbdomen } from '../../src/images/abdomens/simulate.ts';
import { loadFigure } from '../../src/plugins/discover.ts';
import { QuickRandom } from '../../src/random/quick-random.ts';
import { decodeDetections, detectionsOf, encodeDetections } from '../../src/segmented/detections.ts';
import table from '../../src/tables/lesion-detection.ts';
import { near } from '../agreement/near.ts';
import { refused } from '../data/refused.ts';
import { smallSettings } from '../data/volunteers-settings.ts';
import { lesionDetectionRows } from '../tables/lesion-detection-rows.ts';

const test = suite('segmented: detection of lesions');

test('components are connected by faces, edges and corners, and cover what is set, each once', () => {
  // Two planes of three by two: a diagonal over a corner, and one voxel apart.
  const { labels, sizes } = connectedComponents([1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0], [3, 2, 2], 'corners');
  assert.is(sizes.length, 1);
  assert.equal([...labels], [1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0]);
  assert.is(connectedComponents([1, 0, 1, 1, 0, 1], [3, 2, 1], 'corners').sizes.length, 2);
  const byFaces = connectedComponents([1, 1, 0, 0, 0, 1], [3, 2, 1], 'faces');
  assert.equal(
    [[...byFaces.labels], byFaces.sizes],
    [
      [1, 1, 0, 0, 0, 2],
      [2, 1],
    ],
  );
  const random = new QuickRandom(2);
  const inside = Uint8Array.from({ length: 6 * 5 * 4 }, () => Number(random.uniform() < 0.2));
  const found = connectedComponents(inside, [6, 5, 4], 'corners');
  inside.forEach((set, i) => assert.is(found.labels[i] > 0, set === 1));
  assert.equal([...new Set(found.labels)].sort((a, b) => a - b).at(-1), found.sizes.length);
});

/** Two scans: lesions 0 and 1 in the first, one in the second. */
const scans: readonly Detections[] = [
  {
    lesions: 2,
    candidates: [
      { score: 0.9, touches: [0] },
      { score: 0.8, touches: [0] },
      { score: 0.7, touches: [] },
      { score: 0.3, touches: [1] },
    ],
  },
  {
    lesions: 1,
    candidates: [
      { score: 0.6, touches: [] },
      { score: 0.6, touches: [0] },
      { score: 0.2, touches: [] },
    ],
  },
];

test('sensitivity at false positives per scan, by hand', () => {
  near(sensitivityAt(scans, 0), 1 / 3, 1e-12);
  near(sensitivityAt(scans, 0.5), 1 / 3, 1e-12);
  // Both candidates of 0.6 pass together: two false positives in two scans.
  near(sensitivityAt(scans, 1), 1, 1e-12);
  near(falsePositives(scans), 1.5, 1e-12);
  assert.ok(Number.isNaN(sensitivityAt([{ lesions: 0, candidates: [] }], 1)));
  const { value, low, high, n } = overScans(scans, (some) => sensitivityAt(some, 1), 5);
  assert.is(n, 2);
  assert.ok(low <= value && value <= high);
});

test('sensitivity never falls with more false positives, and depends on the order of scores alone', () => {
  const random = new QuickRandom(6);
  for (let k = 0; k < 50; k++) {
    const some = Array.from({ length: 5 }, (): Detections => ({
      lesions: 2,
      candidates: Array.from({ length: 6 }, () => ({
        score: random.uniform(),
        touches: random.uniform() < 0.5 ? [] : [Math.floor(2 * random.uniform())],
      })),
    }));
    const squared = some.map((scan) => ({
      ...scan,
      candidates: scan.candidates.map((each) => ({ ...each, score: each.score ** 2 })),
    }));
    const curve = [0, 0.25, 0.5, 1, 2, 6].map((most) => sensitivityAt(some, most));
    curve.forEach((value, i) => assert.ok(i === 0 || value >= curve[i - 1]));
    assert.is(sensitivityAt(squared, 1), curve[3]);
  }
});

test('candidates are connected voxels above the cut-off with their highest score, and know what they touch', () => {
  const labels = new Map([['truth', Uint8Array.of(0, 2, 0, 0, 0, 0, 2, 1)]]);
  const person = { grid: { shape: [8, 1, 1], voxel: [1, 1, 1] } as const, labels };
  const scores = [0.3, 0.6, 0, 0.4, 0, 0, 0.05, 0.9];
  const found = detectionsOf({ regions: ['liver', 'lesion'] }, person, scores, 0.1);
  assert.equal(found, {
    lesions: 2,
    candidates: [
      { score: 0.6, touches: [0] },
      { score: 0.4, touches: [] },
      { score: 0.9, touches: [] },
    ],
  });
  assert.equal(decodeDetections(encodeDetections([found])[1]), [found]);
});

test('lesions lie in the liver, are bright at high b, and change nothing where there are none', async () => {
  const volunteers = {
    ...(await smallSettings()),
    sessions: { scan: { field: '3T', TE: 60, TR: 2500 } },
    image: { shape: [32, 24, 6], voxel: [8, 8, 8], tilt: 3 } as const,
    ...{ bValues: [0, 800], subvoxels: 1 },
  };
  const lesions = LesionSettings.parse({ most: 4, diameter: [24, 30] });
  const regions = Object.keys(volunteers.organs.regions);
  let seen = 0;
  for (const person of [1, 2, 3, 4]) {
    const settings = { volunteers, difficulty: NO_DIFFICULTY };
    const healthy = simulateAbdomen(settings, person);
    const ill = simulateAbdomen({ ...settings, lesions }, person);
    const each = healthy.truth.length;
    assert.equal([...ill.drawings], [...healthy.drawings]);
    const [inside, around]: number[][] = [[], []];
    ill.truth.forEach((label, i) => {
      if (label <= regions.length) {
        assert.is(label, healthy.truth[i]);
        if (/liver/.test(regions[label - 1] ?? '')) around.push(ill.series[each + i]);
        return;
      }
      assert.is(label, regions.length + 1);
      assert.match(regions[healthy.truth[i] - 1], 'liver');
      inside.push(ill.series[each + i]);
    });
    seen += inside.length;
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    if (inside.length > 5) assert.ok(mean(inside) > 1.1 * mean(around), `${mean(inside)} ${mean(around)}`);
  }
  assert.ok(seen > 10);
});

test('the table and the figure list networks and brightness', async () => {
  const manifest = { config: {} } as unknown as RunManifest;
  const rows = lesionDetectionRows();
  const { lines } = table.build(rows, manifest)!;
  assert.equal(
    lines.map(({ values }) => values[0]),
    ['unet', 'brightness at the highest b', 'brightness at b=0'],
  );
  assert.is((lines[0].values[1] as { value: number }).value, 0.5);
  assert.is(lines[0].values[5], 31);
  const { value: figure } = await loadFigure('froc');
  assert.ok(figure.draw(rows, [], manifest));
  assert.is(figure.draw([], [], manifest), null);
  assert.is(table.build([], manifest), null);
});

test('wrong studies are refused in a line', async () => {
  const load = (...set: string[]) => loadConfig('configs/lesion-detection-smoke.yaml', { set });
  await refused(() => load('data.virtual.field=7T'), /field.*found 7T; allowed: 1\.5T, 3T/);
  await refused(() => load('data.virtual.lesions.diameter=[20, 10]'), /diameter.*the smaller one first/);
  await refused(() => load('folds=9'), /folds.*found 9; allowed: up to 8/);
  await refused(() => load('validation=4'), /validation.*found 4; allowed: fewer than the 4/);
});

test.run();
