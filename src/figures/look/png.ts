import { encode } from 'fast-png';

/**
 * Encodes 8-bit colours with transparency as a PNG.
 * @param rgba height x width x 4, row by row from the top left
 */
export const encodePng = (width: number, height: number, rgba: Uint8Array): Uint8Array =>
  encode({ width, height, data: rgba, channels: 4, depth: 8 });

/**
 * Encodes a picture of few colours as a PNG: a byte per pixel, which takes a quarter of the time and of the space.
 * @param indices height x width places in `colors`, row by row from the top left
 * @param colors at most 256 of red, green, blue and opacity; those that are transparent come first
 */
export const encodeIndexedPng = (
  width: number,
  height: number,
  indices: Uint8Array,
  colors: readonly (readonly [number, number, number, number])[],
): Uint8Array =>
  encode({ width, height, data: indices, channels: 1, depth: 8, palette: colors.map((color) => [...color]) });

/** The address of a PNG within a page. */
export function pngAddress(png: Uint8Array): string {
  let text = '';
  for (const byte of png) text += String.fromCharCode(byte);
  return `data:image/png;base64,${btoa(text)}`;
}
