import { decimalText } from '../../tables/reading/number-text.ts';

/** A number that is in per cent already, with one decimal: `6.7 %`. */
export const percent = (value: number): string => `${decimalText(value, 1)} %`;
