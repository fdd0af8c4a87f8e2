import { QUANTITIES } from '../../measures/quantities.ts';
import type { AgreementLine } from '../../tables/reading/agreement-lines.ts';
import { sessionText } from '../../tables/reading/session-display.ts';
import { wordList } from './word-list.ts';

/** `for D at both fields and f at 3 T`: which of `all` the lines `some` are about. */
export function placeWords(some: readonly AgreementLine[], all: readonly AgreementLine[]): string {
  const sessions = (lines: readonly AgreementLine[], parameter: string) =>
    lines.filter((line) => line.parameter === parameter).map(({ session }) => sessionText(session));
  if (some.length === all.length) return 'for every parameter and field';
  const parameters = QUANTITIES.map(({ name }) => name).filter((name) => sessions(some, name).length > 0);
  const parts = parameters.map((name) => {
    const [here, everywhere] = [sessions(some, name), sessions(all, name)];
    const whole = here.length === everywhere.length && everywhere.length > 1;
    const fields = everywhere.length === 2 ? 'both fields' : 'every field';
    return `${name} at ${whole ? fields : wordList(here)}`;
  });
  return `for ${wordList(parts)}`;
}
