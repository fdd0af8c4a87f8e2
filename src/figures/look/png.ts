import { encode } from 'fast-png';

/**
 * Encodes 8-bit colours with transparency as a PNG.
 * @param rgba height x width x 4, row by row from the top left
 */
export const encodePng = (width: number, height: number, rgba: Uint8Array): Uint8Array =>
  encode({ width, height, data: rgba, channels: 4, depth: 8 });

/** The address of a PNG within a page. */
export function pngAddress(png: Uint8Array): string {
  let text = '';
  for (const byte of png) text += String.fromCharCode(byte);
  return `data:image/png;base64,${btoa(text)}`;
}
