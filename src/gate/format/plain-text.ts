import { isGreen, type GateOutcome } from '../outcome.ts';
import { isRed, type Verdict } from '../verdict.ts';
import { textTable } from './text-table.ts';
import { HEADERS, verdictLine } from './verdict-lines.ts';
import { causeLines, closingLines, headline } from './note-lines.ts';

/**
 * Formats an outcome for a terminal: what is red, and what else changed.
 * @param verbose adds every gated value with its smallest detectable loss
 */
export function plainText(outcome: GateOutcome, verbose: boolean): string {
  const { verdicts, problems } = outcome;
  const red = verdicts.filter(isRed);
  const others = verdicts.filter((verdict) => !isRed(verdict) && verdict.outcome !== 'same');
  const sections = [
    ...problems.map((problem) => `RED ${problem}`),
    causeLines(outcome).join('\n'),
    section('Worse than accepted', red),
    section('Changed, and not red', others),
    verbose
      ? section('Every gated value, with the smallest loss that is found with 95 % probability', verdicts)
      : '',
    closingLines(outcome).join('\n'),
    `${isGreen(outcome) ? 'GREEN' : 'RED'}: ${headline(outcome)}`,
  ];
  return sections.filter((text) => text !== '').join('\n\n') + '\n';
}

const section = (title: string, verdicts: readonly Verdict[]): string =>
  verdicts.length === 0 ? '' : `${title}:\n${textTable([HEADERS, ...verdicts.map(verdictLine)])}`;
