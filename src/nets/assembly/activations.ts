import { exponential, exponentialBelowZero } from './exponential';

/*
 * Activations of hidden units, in place over `bytes` of whole vectors, and their gradients.
 */

export const ELU = 0;
export const RELU = 1;

export function activate(kind: i32, sums: usize, aux: usize, bytes: usize): void {
  if (kind == ELU) elu(sums, bytes);
  else if (kind == RELU) relu(sums, bytes);
  else silu(sums, aux, bytes);
}

export function activateBackward(kind: i32, gradient: usize, y: usize, aux: usize, bytes: usize): void {
  if (kind == ELU) eluBackward(gradient, y, bytes);
  else if (kind == RELU) reluBackward(gradient, y, bytes);
  else siluBackward(gradient, y, aux, bytes);
}

/** x above 0, exp(x) - 1 below (Clevert et al. 2016, alpha 1). */
function elu(sums: usize, bytes: usize): void {
  const zero = f32x4.splat(0);
  const one = f32x4.splat(1);
  const end = sums + bytes;
  for (; sums < end; sums += 16) {
    const x = v128.load(sums);
    const below = f32x4.sub(exponentialBelowZero(f32x4.pmin(x, zero)), one);
    v128.store(sums, f32x4.add(f32x4.pmax(x, zero), below));
  }
}

/** The slope is y + 1 below 0 and 1 above. */
function eluBackward(gradient: usize, y: usize, bytes: usize): void {
  const zero = f32x4.splat(0);
  const one = f32x4.splat(1);
  const end = gradient + bytes;
  for (; gradient < end; gradient += 16, y += 16) {
    const slope = f32x4.add(f32x4.pmin(v128.load(y), zero), one);
    v128.store(gradient, f32x4.mul(v128.load(gradient), slope));
  }
}

/** x above 0, 0 below. */
function relu(sums: usize, bytes: usize): void {
  const zero = f32x4.splat(0);
  const end = sums + bytes;
  for (; sums < end; sums += 16) v128.store(sums, f32x4.pmax(v128.load(sums), zero));
}

function reluBackward(gradient: usize, y: usize, bytes: usize): void {
  const zero = f32x4.splat(0);
  const end = gradient + bytes;
  for (; gradient < end; gradient += 16, y += 16)
    v128.store(gradient, v128.and(v128.load(gradient), f32x4.gt(v128.load(y), zero)));
}

/** x times its sigmoid s (Elfwing et al. 2018); s is kept in `aux`. */
function silu(sums: usize, aux: usize, bytes: usize): void {
  const one = f32x4.splat(1);
  const end = sums + bytes;
  for (; sums < end; sums += 16, aux += 16) {
    const x = v128.load(sums);
    const s = f32x4.div(one, f32x4.add(one, exponential(f32x4.neg(x))));
    v128.store(aux, s);
    v128.store(sums, f32x4.mul(x, s));
  }
}

/** The slope is s + y (1 - s). */
function siluBackward(gradient: usize, y: usize, aux: usize, bytes: usize): void {
  const one = f32x4.splat(1);
  const end = gradient + bytes;
  for (; gradient < end; gradient += 16, y += 16, aux += 16) {
    const s = v128.load(aux);
    const slope = f32x4.add(s, f32x4.mul(v128.load(y), f32x4.sub(one, s)));
    v128.store(gradient, f32x4.mul(v128.load(gradient), slope));
  }
}
