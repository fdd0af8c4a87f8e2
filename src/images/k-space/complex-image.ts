/** A complex image, or several of one size on top of each other: real and imaginary parts, x running fastest. */
export interface ComplexImage {
  readonly width: number;
  readonly height: number;
  readonly real: Float64Array;
  readonly imaginary: Float64Array;
}

export function emptyImage(width: number, height: number, count = 1): ComplexImage {
  const values = () => new Float64Array(width * height * count);
  return { width, height, real: values(), imaginary: values() };
}

/** <a, b> = sum of conj(a) b, as its real and imaginary part. */
export function innerProduct(a: ComplexImage, b: ComplexImage): [real: number, imaginary: number] {
  let [re, im] = [0, 0];
  for (let i = 0; i < a.real.length; i++) {
    re += a.real[i] * b.real[i] + a.imaginary[i] * b.imaginary[i];
    im += a.real[i] * b.imaginary[i] - a.imaginary[i] * b.real[i];
  }
  return [re, im];
}
