import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, type FormatOptions } from 'oxfmt';

const settings = new URL('../../.oxfmtrc.json', import.meta.url);

export const code = (text: string): string => `\`${text}\``;

/** Formats a table; cells may contain `|`. */
export function table(heads: readonly string[], lines: readonly (readonly string[])[]): string {
  const row = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [row(heads), row(heads.map(() => '---')), ...lines.map(row)].join('\n');
}

/** Joins paragraphs and formats the page as `npm run format` does. */
export async function laidOut(page: URL, parts: readonly string[]): Promise<string> {
  const options = JSON.parse(readFileSync(settings, 'utf8')) as FormatOptions;
  const { code, errors } = await format(fileURLToPath(page), parts.join('\n\n'), options);
  if (errors.length > 0) throw new Error(`${page.href}: ${errors[0].message}`);
  return code;
}
