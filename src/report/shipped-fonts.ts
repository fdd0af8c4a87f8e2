import { readFileSync } from 'node:fs';
import { measureTextWith, type Fonts } from './measure-text.ts';
import { readAdvances } from './text-width.ts';

export const regularFile = new URL('assets/fonts/arimo-regular.ttf', import.meta.url);
export const boldFile = new URL('assets/fonts/arimo-bold.ttf', import.meta.url);

let fonts: Fonts | undefined;

/** Reads the fonts once, and makes Vega measure text with them. */
export function shippedFonts(): Fonts {
  if (fonts) return fonts;
  fonts = { regular: readAdvances(readFileSync(regularFile)), bold: readAdvances(readFileSync(boldFile)) };
  measureTextWith(fonts);
  return fonts;
}
