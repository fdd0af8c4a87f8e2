import { format, resolveConfig } from 'prettier';

export const code = (text: string): string => `\`${text}\``;

/** Formats a table; cells may contain `|`. */
export function table(heads: readonly string[], lines: readonly (readonly string[])[]): string {
  const row = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [row(heads), row(heads.map(() => '---')), ...lines.map(row)].join('\n');
}

/** Joins paragraphs and formats the page with prettier. */
export async function laidOut(page: URL, parts: readonly string[]): Promise<string> {
  const options = await resolveConfig(page);
  return format(parts.join('\n\n'), { ...options, parser: 'markdown' });
}
