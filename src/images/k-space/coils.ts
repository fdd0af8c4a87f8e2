import { emptyImage, type ComplexImage } from './complex-image.ts';

/** How far from the middle of the image coils lie, and over what distance their field falls, in units of half its size. */
const DISTANCE = 1.3;
const REACH = 1;

/**
 * Smooth sensitivities of coils on a circle about the image: magnitudes 1 / (1 + (d / reach)²) of the distance d from each coil, a slowly
 * varying phase, and a sum of squared magnitudes of 1 in every pixel. Schematic: real ones follow the law of Biot and Savart.
 * @returns coil after coil
 */
export function coilSensitivities(count: number, width: number, height: number): ComplexImage {
  const maps = emptyImage(width, height, count);
  const pixels = width * height;
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const [u, v] = [(2 * (x + 0.5)) / width - 1, (2 * (y + 0.5)) / height - 1];
      let squares = 0;
      for (let coil = 0; coil < count; coil++) {
        const angle = (2 * Math.PI * coil) / count;
        const [du, dv] = [u - DISTANCE * Math.cos(angle), v - DISTANCE * Math.sin(angle)];
        const magnitude = 1 / (1 + (du * du + dv * dv) / (REACH * REACH));
        const phase = angle + 0.5 * (u * Math.cos(angle) + v * Math.sin(angle));
        maps.real[coil * pixels + i] = magnitude * Math.cos(phase);
        maps.imaginary[coil * pixels + i] = magnitude * Math.sin(phase);
        squares += magnitude * magnitude;
      }
      const scale = 1 / Math.sqrt(squares);
      for (let coil = 0; coil < count; coil++) {
        maps.real[coil * pixels + i] *= scale;
        maps.imaginary[coil * pixels + i] *= scale;
      }
    }
  }
  return maps;
}
