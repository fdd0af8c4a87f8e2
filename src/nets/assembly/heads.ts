import { exponential } from './exponential';
import { Plan } from './plan';

const LINEAR = 0;
const ABS = 1;

@inline
function sigmoid(x: v128): v128 {
  const one = f32x4.splat(1);
  return f32x4.div(one, f32x4.add(one, exponential(f32x4.neg(x))));
}

/** Outputs from the last layer's sums, both [output][column]. */
export function applyHead(plan: Plan, sums: usize, columns: i32): void {
  const rowBytes = (<usize>plan.stride) << 2;
  const columnBytes = (<usize>columns) << 2;
  const head = plan.head;
  let out = plan.out;
  for (let o = 0; o < plan.outputs; o++) {
    const low = v128.load(plan.low + ((<usize>o) << 4));
    const range = v128.load(plan.range + ((<usize>o) << 4));
    for (let n: usize = 0; n < columnBytes; n += 16) {
      const z = v128.load(sums + n);
      if (head == LINEAR) v128.store(out + n, z);
      else if (head == ABS) v128.store(out + n, f32x4.abs(z));
      else v128.store(out + n, f32x4.add(low, f32x4.mul(range, sigmoid(z))));
    }
    sums += rowBytes;
    out += rowBytes;
  }
}

/** Converts the gradient of the outputs to that of the sums. The slope of |x| at 0 counts as 0. */
export function headGradient(plan: Plan, sums: usize, gradient: usize, columns: i32): void {
  const rowBytes = (<usize>plan.stride) << 2;
  const columnBytes = (<usize>columns) << 2;
  const head = plan.head;
  if (head == LINEAR) return;
  const zero = f32x4.splat(0);
  const one = f32x4.splat(1);
  const signBit = i32x4.splat(0x80000000);
  for (let o = 0; o < plan.outputs; o++) {
    const range = v128.load(plan.range + ((<usize>o) << 4));
    for (let n: usize = 0; n < columnBytes; n += 16) {
      const z = v128.load(sums + n);
      const g = v128.load(gradient + n);
      if (head == ABS) {
        const turned = v128.xor(g, v128.and(z, signBit));
        v128.store(gradient + n, v128.and(turned, f32x4.ne(z, zero)));
      } else {
        const s = sigmoid(z);
        const slope = f32x4.mul(range, f32x4.mul(s, f32x4.sub(one, s)));
        v128.store(gradient + n, f32x4.mul(g, slope));
      }
    }
    sums += rowBytes;
    gradient += rowBytes;
  }
}
