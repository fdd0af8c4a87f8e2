/**
 * While `loose`, exp and log are wrong by one unit in the last place for some arguments, selected by a hash. Must be imported
 * before any module that keeps a reference to either.
 */
export const lastPlace = { loose: false };

const double = new Float64Array(1);
const words = new Uint32Array(double.buffer);
const whole = new BigInt64Array(double.buffer);

for (const name of ['exp', 'log'] as const) {
  const exact = Math[name].bind(Math);
  Math[name] = (x) => {
    const y = exact(x);
    if (!lastPlace.loose || !Number.isFinite(y) || y === 0) return y;
    double[0] = x;
    const choice = Math.imul(words[0] ^ Math.imul(words[1], 0x9e3779b1), 0x85ebca6b) >>> 30;
    double[0] = y;
    if (choice === 1) whole[0] += 1n;
    if (choice === 2) whole[0] -= 1n;
    return double[0];
  };
}
