import * as vega from 'vega';
import { readAdvances, type FontAdvances } from './text-width.ts';

export const regularFile = new URL('assets/fonts/arimo-regular.ttf', import.meta.url);
export const boldFile = new URL('assets/fonts/arimo-bold.ttf', import.meta.url);

let fonts: { readonly regular: FontAdvances; readonly bold: FontAdvances } | undefined;

/** Reads the fonts once, and makes Vega measure text with them. Without a canvas Vega assumes 0.8 em per character, far too wide. */
export function shippedFonts(): NonNullable<typeof fonts> {
  if (fonts) return fonts;
  const { regular, bold } = (fonts = { regular: readAdvances(regularFile), bold: readAdvances(boldFile) });
  const { textMetrics } = vega as unknown as {
    textMetrics: { width(item: TextItem, text?: unknown): number };
  };
  textMetrics.width = (item, text) => {
    const font = item.fontWeight === 'bold' || Number(item.fontWeight) >= 600 ? bold : regular;
    const shown = text ?? item.text;
    return typeof shown === 'string' || typeof shown === 'number'
      ? font.width(String(shown)) * (item.fontSize ?? 11)
      : 0;
  };
  return fonts;
}

interface TextItem {
  readonly text?: unknown;
  readonly fontSize?: number;
  readonly fontWeight?: string | number;
}
