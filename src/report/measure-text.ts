import * as vega from 'vega';
import type { FontAdvances } from './text-width.ts';

/** The two weights of the font that figures are set in. */
export interface Fonts {
  readonly regular: FontAdvances;
  readonly bold: FontAdvances;
}

/** Makes Vega measure text with fonts. Without a canvas it assumes 0.8 em per character, far too wide. */
export function measureTextWith({ regular, bold }: Fonts): void {
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
}

interface TextItem {
  readonly text?: unknown;
  readonly fontSize?: number;
  readonly fontWeight?: string | number;
}
