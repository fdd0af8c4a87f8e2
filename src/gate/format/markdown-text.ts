import { isGreen, type GateOutcome } from '../outcome.ts';
import { isRed, type Verdict } from '../verdict.ts';
import { causeLines, closingLines, headline } from './note-lines.ts';
import { HEADERS, verdictLine } from './verdict-lines.ts';

/** Formats an outcome as Markdown, for the summary of a step on GitHub. */
export function markdownText(outcome: GateOutcome): string {
  const { verdicts, problems } = outcome;
  const others = verdicts.filter((verdict) => !isRed(verdict) && verdict.outcome !== 'same');
  const parts = [
    `## Accuracy of ${escaped(outcome.run)}: ${isGreen(outcome) ? 'green' : 'red'}`,
    escaped(headline(outcome)),
    list([...problems, ...causeLines(outcome)]),
    table('Worse than accepted', verdicts.filter(isRed)),
    table('Changed, and not red', others),
    list(closingLines(outcome)),
    folded(table('', verdicts), 'Every gated value, with the smallest loss that is found'),
  ];
  return parts.filter((part) => part !== '').join('\n\n') + '\n';
}

const list = (lines: readonly string[]): string => lines.map((text) => `- ${escaped(text)}`).join('\n');

function table(title: string, verdicts: readonly Verdict[]): string {
  if (verdicts.length === 0) return '';
  const row = (cells: readonly string[]) => `| ${cells.map(escaped).join(' | ')} |`;
  return [
    ...(title === '' ? [] : [`### ${title}`, '']),
    row(HEADERS),
    row(HEADERS.map(() => '---')),
    ...verdicts.map((verdict) => row(verdictLine(verdict))),
  ].join('\n');
}

const folded = (content: string, title: string): string =>
  content === '' ? '' : `<details><summary>${title}</summary>\n\n${content}\n\n</details>`;

/** Escapes the text of a cell, which may contain the name of a fitter. */
const escaped = (text: string): string =>
  text.replace(/[\\`*_[\]|<>&]/g, (sign) => `&#${sign.codePointAt(0)};`).replace(/\s*\r?\n\s*/g, ' ');
