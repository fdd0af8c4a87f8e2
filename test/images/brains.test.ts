import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { encodeNifti, plainSpace } from '../../src/data/nifti-write.ts';
import { ANATOMIES, anatomyFile, readAnatomy } from '../../src/images/brains/anatomy.ts';
import { BrainSettings } from '../../src/images/brains/settings.ts';
import { BrainSimulator } from '../../src/images/brains/simulate.ts';

const test = suite('images: virtual brains');

const anatomies = await Promise.all(
  ANATOMIES.map(async (name) => readAnatomy((await anatomyFile(name)).file)),
);
const settings = BrainSettings.parse({});
const [icbm, colin] = anatomies.map((anatomy) => new BrainSimulator(anatomy, settings));
const rms = (values: ArrayLike<number>): number =>
  Math.sqrt(Array.from(values, (value) => value ** 2).reduce((sum, each) => sum + each, 0) / values.length);
const mean = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((sum, each) => sum + each, 0) / values.length;

test('both heads hold shares of tissue, in the volumes of adults', () => {
  for (const { grey, white, fluid, voxel } of anatomies) {
    let most = 0;
    for (let i = 0; i < grey.length; i++) most = Math.max(most, grey[i] + white[i] + fluid[i]);
    // Each share is rounded to a fifteenth.
    assert.ok(most <= 1 + 1 / 15 + 1e-6, `${most}`);
    const litres = (share: Float32Array) =>
      (mean(share) * share.length * voxel[0] * voxel[1] * voxel[2]) / 1e6;
    // The cerebrum has some .6 litres of each (Pakkenberg and Gundersen, J Comp Neurol 1997;384:312); upper parts of the cerebellum are in
    // the box, and averaging makes the cortex of ICBM 152 thick.
    assert.ok(litres(grey) > 0.4 && litres(grey) < 1, `grey ${litres(grey)}`);
    assert.ok(litres(white) > 0.3 && litres(white) < 0.75, `white ${litres(white)}`);
  }
});

test('a subject depends on the settings and its number alone', () => {
  const [one, again, other] = [icbm.simulate(3, 'none'), icbm.simulate(3, 'none'), icbm.simulate(4, 'none')];
  assert.equal(one, again);
  assert.not.equal(one.truth, other.truth);
  assert.not.equal(one.truth, colin.simulate(3, 'none').truth);
  const first = icbm.repetition(3, 1, one.truth);
  assert.equal(first, icbm.repetition(3, 1, one.truth));
  assert.not.equal(first, icbm.repetition(3, 2, one.truth));
});

test('without variation, perfusion is the sum of what tissues have, and noise has its standard deviation', () => {
  const none = Object.fromEntries(
    ['position', 'rotation', 'size', 'deformation', 'perfusion', 'tissue', 'territory', 'bias'].map((key) => [
      key,
      0,
    ]),
  );
  const simulator = new BrainSimulator(
    anatomies[0],
    BrainSettings.parse({ variation: none, noise: { weighted: 0 }, image: { pixel: 2, gap: 2, slices: 4 } }),
  );
  const { truth, brain, T2w, PDw } = simulator.simulate(0, 'none');
  // White matter alone has 20 ml/100 g/min; a third of grey matter in fluid has so too, but not its signals, which are those of spin
  // echoes, 0.7 (1 - exp(-4000/1084)) exp(-TE/69).
  const level = [...truth.keys()].filter((i) => brain[i] > 0.9 && Math.abs(truth[i] / brain[i] - 20) < 1e-3);
  const relaxed = 0.7 * (1 - Math.exp(-4000 / 1084));
  const white = level.filter(
    (i) =>
      Math.abs(PDw[i] / brain[i] - relaxed * Math.exp(-15 / 69)) < 1e-4 &&
      Math.abs(T2w[i] / brain[i] - relaxed * Math.exp(-90 / 69)) < 1e-4,
  );
  assert.ok(white.length > 1000 && white.length > 0.95 * level.length, `${white.length} of ${level.length}`);
  const noise = simulator.repetition(0, 1, truth).map((value, i) => value - truth[i]);
  // n = 16,384: the standard error of a standard deviation is sigma / sqrt(2 n) = .06.
  assert.ok(Math.abs(rms(noise) - settings.noise.perfusion) < 4 * 0.061, `${rms(noise)}`);
  assert.ok(Math.abs(mean(noise)) < 4 * (settings.noise.perfusion / 128));
});

test('borders and contrasts vary where they are to, and anatomy stays where it is', () => {
  const still = Object.fromEntries(
    ['position', 'rotation', 'size', 'deformation', 'folding', 'boundary', 'bias'].map((key) => [key, 0]),
  );
  const brainsOf = (variation: Record<string, number>) =>
    new BrainSimulator(
      anatomies[0],
      BrainSettings.parse({ variation: { ...still, ...variation }, noise: { weighted: 0 } }),
    ).simulate(1, 'none');
  const usual = brainsOf({});
  for (const key of ['thickness', 'sharpness', 'relaxation']) {
    const { brain, T2w } = brainsOf({ [key]: 0.3 });
    const apart = brain.map((value, i) => value - usual.brain[i]);
    assert.ok(rms(apart) < 1e-6, `${key}: ${rms(apart)}`);
    assert.ok(rms(T2w.map((value, i) => value - usual.T2w[i])) > 0.01 * rms(usual.T2w), key);
  }
  // A power changes mixtures alone: where a voxel is white matter, its signal stays.
  const relaxed = 0.7 * (1 - Math.exp(-4000 / 1084)) * Math.exp(-90 / 69);
  const sharper = brainsOf({ sharpness: 0.3 });
  const white = [...usual.T2w.keys()].filter((i) => Math.abs(usual.T2w[i] - relaxed) < 1e-6);
  assert.ok(white.length > 1000 && white.every((i) => Math.abs(sharper.T2w[i] - relaxed) < 1e-6));
});

test('six repetitions are 29 % away from one, as Zaharchuk 2018 has it', () => {
  const found = Array.from({ length: 8 }, (_, number) => {
    const { truth, brain } = icbm.simulate(number, 'none');
    const repetitions = Array.from({ length: 7 }, (_, i) => icbm.repetition(number, i + 1, truth));
    let [error, square] = [0, 0];
    for (let i = 0; i < truth.length; i++) {
      if (brain[i] <= 0.5) continue;
      const six = repetitions.slice(1).reduce((sum, each) => sum + each[i], 0) / 6;
      error += (repetitions[0][i] - six) ** 2;
      square += six ** 2;
    }
    return 100 * Math.sqrt(error / square);
  });
  assert.ok(Math.abs(mean(found) - 29.3) < 3, String(found));
});

test('lesions change perfusion in the same places, and weighted images only where they are to show', () => {
  for (const number of [1, 2, 3]) {
    const [none, seen, unseen] = (['none', 'seen', 'unseen'] as const).map((kind) =>
      icbm.simulate(number, kind),
    );
    assert.equal(seen.truth, unseen.truth);
    assert.equal(none.PDw, unseen.PDw);
    assert.equal(none.T2w, unseen.T2w);
    const changed = [...none.truth.keys()].filter((i) => none.truth[i] !== seen.truth[i]);
    assert.ok(changed.length > 20 && changed.length < none.truth.length / 10, `${changed.length}`);
    for (const i of changed) {
      const factor = seen.truth[i] / none.truth[i];
      // Two lesions may overlap.
      assert.ok(factor > 0.2 ** 3 && factor < 2 ** 3, `${factor}`);
    }
    const brighter = changed.filter((i) => seen.T2w[i] > none.T2w[i]).length;
    assert.ok(brighter > 0.9 * changed.length);
  }
});

test('lesions leave fluid as it is: its perfusion, its T2 and its density', () => {
  const { voxel, shape, affine, fluid } = anatomies[0];
  const nothing = new Float32Array(fluid.length);
  // Fluid within a shell of white matter, which lesions have their middles in.
  const [nx, ny] = shape;
  const inside = Float32Array.from(fluid, (_, i) =>
    Number(i % nx > nx / 3 && Math.floor(i / nx) % ny > ny / 3),
  );
  const head = {
    voxel,
    shape,
    affine,
    grey: nothing,
    white: inside.map((share) => 1 - share),
    fluid: inside,
  };
  const still = Object.fromEntries(
    ['position', 'rotation', 'size', 'deformation', 'folding', 'boundary', 'bias'].map((key) => [key, 0]),
  );
  const simulator = new BrainSimulator(
    head,
    BrainSettings.parse({
      variation: still,
      noise: { weighted: 0 },
      tissues: { fluid: { T1: 4000, T2: 2000, density: 1, CBF: 9 } },
      lesions: { count: 20, radius: [12, 14] },
    }),
  );
  const [none, seen] = (['none', 'seen'] as const).map((kind) => simulator.simulate(5, kind));
  // Neither the perfusion nor the density of the two tissues is the same: pure fluid is bright on PD- and T2-weighted images.
  const most = none.T2w.reduce((a, b) => Math.max(a, b), 0);
  const pure = [...none.T2w.keys()].filter((i) => none.T2w[i] > 0.999 * most);
  assert.ok(pure.length > 1000, `${pure.length}`);
  for (const name of ['truth', 'PDw', 'T2w'] as const) {
    assert.ok(
      pure.every((i) => none[name][i] === seen[name][i]),
      name,
    );
    assert.not.equal(none[name], seen[name]);
  }
});

test('a file that is no anatomy is refused', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'anatomy-')), 'labels.nii');
  writeFileSync(
    file,
    encodeNifti(plainSpace(), { data: new Uint8Array(8), shape: [2, 2, 2], name: '', description: '' }),
  );
  await readAnatomy(file).then(
    () => assert.unreachable(),
    ({ message }: Error) => assert.match(message, /holds 1 volumes; allowed: three/),
  );
});

test.run();
