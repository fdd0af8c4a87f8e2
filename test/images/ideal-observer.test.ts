import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { auc } from '../../src/image-metrics/auc.ts';
import {
  idealAuc,
  idealObserver,
  idealRoc,
  idealStatistic,
  shownBy,
} from '../../src/images/livers/ideal-observer.ts';
import { latentModel } from '../../src/images/livers/latent-model.ts';
import { drawLatents, LATENTS, SIGNIFICANT_STAGE } from '../../src/images/livers/latents.ts';
import { LiverSettings } from '../../src/images/livers/settings.ts';
import { MODALITIES, type Modality } from '../../src/images/modality.ts';
import { refused } from '../data/refused.ts';

const test = suite('ideal observer of virtual livers');

const settings = LiverSettings.parse({});
const model = latentModel(settings);
const seen: readonly (readonly Modality[])[] = [MODALITIES, ['adc'], ['T2w'], ['T1w'], ['T1w', 'T2w']];

test('the closed form agrees with 100,000 simulated latents within .002, together and for each modality', () => {
  const cases = Array.from({ length: 100_000 }, (_, number) => drawLatents(model, settings.seed, number));
  const positive = cases.map(({ stage }) => Number(stage >= SIGNIFICANT_STAGE));
  for (const modalities of seen) {
    const observer = idealObserver(model, shownBy(modalities));
    const scores = cases.map(({ latents }) => idealStatistic(observer, latents));
    const found = auc({ scores, positive }).value;
    const closed = idealAuc(model, shownBy(modalities));
    assert.ok(Math.abs(found - closed) < 0.002, `${modalities.join('+')}: ${found}, not ${closed}`);
  }
});

test('all modalities have the AUC of the settings, single ones about .94, .82 and .81', () => {
  for (const wanted of [0.6, 0.8, 0.98, 0.999]) {
    const scaled = latentModel(LiverSettings.parse({ auc: wanted }));
    assert.ok(Math.abs(idealAuc(scaled) - wanted) < 1e-12, `${wanted}`);
  }
  const single = (modality: Modality) => idealAuc(model, shownBy([modality])).toFixed(2);
  assert.equal([single('adc'), single('T2w'), single('T1w')], ['0.94', '0.82', '0.81']);
});

test('latents have the stated covariance within every stage', () => {
  const n = 40_000;
  const rows = Array.from({ length: n }, (_, number) => {
    const { stage, latents } = drawLatents(model, 7, number);
    return LATENTS.map((name, j) => latents[name] - model.position[stage] * model.effect[j]);
  });
  for (let i = 0; i < LATENTS.length; i++) {
    for (let j = 0; j < LATENTS.length; j++) {
      const found = rows.reduce((sum, row) => sum + row[i] * row[j], 0) / n;
      const sigma = (k: number) => Math.sqrt(model.sd[k] ** 2 + model.fat[k] ** 2);
      const wanted = model.fat[i] * model.fat[j] + (i === j ? model.sd[i] ** 2 : 0);
      // Five standard errors of a covariance at most.
      const error = (5 * Math.SQRT2 * sigma(i) * sigma(j)) / Math.sqrt(n);
      assert.ok(Math.abs(found - wanted) < error, `${LATENTS[i]} ${LATENTS[j]}: ${found}, not ${wanted}`);
    }
  }
});

test('no other weighting of the latents does better, and less information never more', () => {
  const best = idealAuc(model);
  const observer = idealObserver(model);
  // The AUC of w'x for any w: Delta is then w'd / sqrt(w' Sigma w).
  const deltaOf = (w: readonly number[]) => {
    const along = w.reduce((sum, value, j) => sum + value * model.effect[j], 0);
    const fat = w.reduce((sum, value, j) => sum + value * model.fat[j], 0);
    const variance = w.reduce((sum, value, j) => sum + (value * model.sd[j]) ** 2, fat ** 2);
    return along / Math.sqrt(variance);
  };
  assert.ok(Math.abs(deltaOf(observer.weights) - observer.discrimination) < 1e-12);
  for (let j = 0; j < LATENTS.length; j++) {
    for (const by of [0.8, 1.2]) {
      const other = observer.weights.map((weight, k) => (k === j ? by * weight : weight));
      assert.ok(deltaOf(other) < observer.discrimination, LATENTS[j]);
    }
    const without = LATENTS.filter((_, k) => k !== j);
    assert.ok(idealAuc(model, without) < best, LATENTS[j]);
  }
});

test('the area under the closed ROC curve is the closed AUC', () => {
  for (const modalities of seen) {
    const points = idealRoc(model, shownBy(modalities), 2000);
    let area = 0;
    for (let k = 1; k < points.length; k++) {
      const [a, b] = [points[k - 1], points[k]];
      area += ((b.falsePositiveRate - a.falsePositiveRate) * (a.truePositiveRate + b.truePositiveRate)) / 2;
    }
    assert.ok(Math.abs(area - idealAuc(model, shownBy(modalities))) < 1e-5, `${area}`);
  }
});

test('a case is the same whatever is drawn besides; prevalences hold', () => {
  const alone = drawLatents(model, 3, 17);
  for (let number = 0; number < 17; number++) drawLatents(model, 3, number);
  assert.equal(drawLatents(model, 3, 17), alone);
  const counts = [0, 0, 0, 0, 0];
  const n = 20_000;
  for (let number = 0; number < n; number++) counts[drawLatents(model, 3, number).stage]++;
  counts.forEach((count, stage) => {
    const share = model.prevalence[stage];
    assert.ok(Math.abs(count / n - share) < 5 * Math.sqrt((share * (1 - share)) / n), `stage ${stage}`);
  });
});

test('settings without a way from stage to image are refused', async () => {
  const none = Object.fromEntries(LATENTS.map((name) => [name, { effect: 0 }]));
  await refused(() => latentModel(LiverSettings.parse({ latents: none })), 'every effect is 0');
  assert.not(LiverSettings.safeParse({ position: [0, 1, 1, 2, 3] }).success);
  assert.not(LiverSettings.safeParse({ prevalence: [0, 1, 1, 1, 1] }).success);
  assert.not(LiverSettings.safeParse({ noise: 0 }).success);
});

test.run();
