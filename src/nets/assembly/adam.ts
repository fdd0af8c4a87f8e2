import { Plan } from './plan';

/**
 * Returns 0 for a moment too small to change a weight. The moments of a unit that is 0 for all voxels would otherwise shrink to
 * denormal numbers, with which processors compute a hundred times slower. NaN stays NaN.
 */
@inline
function unlessTiny(x: v128): v128 {
  return v128.andnot(x, f32x4.lt(f32x4.abs(x), f32x4.splat(1e-35)));
}

/**
 * One update of every parameter by Adam (Kingma and Ba 2015, algorithm 1, in the order PyTorch computes it).
 * `rate` is the learning rate over 1 - beta1^t, `rootCorrection` 1 / sqrt(1 - beta2^t).
 */
export function adamUpdate(plan: Plan, rate: f32, rootCorrection: f32): void {
  const beta1 = f32x4.splat(plan.beta1);
  const beta2 = f32x4.splat(plan.beta2);
  const rest1 = f32x4.splat(plan.rest1);
  const rest2 = f32x4.splat(plan.rest2);
  const epsilon = f32x4.splat(plan.epsilon);
  const decay = f32x4.splat(plan.weightDecay);
  const rates = f32x4.splat(rate);
  const corrections = f32x4.splat(rootCorrection);
  const bytes = (<usize>plan.size) << 2;
  const parameters = plan.parameters;
  const gradient = plan.gradient;
  const first = plan.first;
  const second = plan.second;
  for (let i: usize = 0; i < bytes; i += 16) {
    const g = f32x4.add(v128.load(gradient + i), f32x4.mul(decay, v128.load(parameters + i)));
    const square = f32x4.mul(rest2, f32x4.mul(g, g));
    const m = unlessTiny(f32x4.add(f32x4.mul(beta1, v128.load(first + i)), f32x4.mul(rest1, g)));
    const v = unlessTiny(f32x4.add(f32x4.mul(beta2, v128.load(second + i)), square));
    v128.store(first + i, m);
    v128.store(second + i, v);
    const root = f32x4.add(f32x4.mul(f32x4.sqrt(v), corrections), epsilon);
    const step = f32x4.div(f32x4.mul(rates, m), root);
    v128.store(parameters + i, f32x4.sub(v128.load(parameters + i), step));
  }
}
