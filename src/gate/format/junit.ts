import { gatedValueName } from '../gated-value.ts';
import type { GateOutcome } from '../outcome.ts';
import { isRed, type Verdict } from '../verdict.ts';
import { sentence } from './annotations.ts';
import { pathsOf } from './note-lines.ts';

/** Formats an outcome as JUnit's XML, with a test case per gated value and one for the run. */
export function junitXml({ run, verdicts, problems, differences }: GateOutcome): string {
  const failures = verdicts.filter(isRed).length + Number(problems.length > 0);
  const counts = `tests="${verdicts.length + 1}" failures="${failures}"`;
  // A CI shows the message of one failure at a time, so each contains the possible cause.
  const cause = differences.length > 0 ? `; the config differs in ${pathsOf(differences)}` : '';
  const cases = [
    testCase(
      'run',
      'the run is whole',
      problems.length > 0 ? { type: 'failed', message: problems.join('; ') } : null,
    ),
    ...verdicts.map((verdict) =>
      testCase(verdict.id.method, gatedValueName(verdict.id), failureOf(verdict, cause)),
    ),
  ];
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="ivim-bench check" ${counts}>`,
    ` <testsuite name="${escaped(run)}" ${counts}>`,
    ...cases,
    ' </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

const failureOf = (verdict: Verdict, cause: string) =>
  isRed(verdict) ? { type: verdict.outcome, message: sentence(verdict) + cause } : null;

function testCase(group: string, name: string, failure: { type: string; message: string } | null): string {
  const start = `  <testcase classname="${escaped(group)}" name="${escaped(name)}"`;
  if (!failure) return `${start}/>`;
  return `${start}><failure type="${failure.type}" message="${escaped(failure.message)}"/></testcase>`;
}

const NAMED: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Escapes the text of an attribute. Characters that XML 1.0 does not allow become replacement characters. */
const escaped = (text: string): string =>
  text
    .replace(/\s/g, ' ')
    .replace(/[\p{Cc}\p{Cs}\ufffe\uffff]/gu, '\ufffd')
    .replace(/[&<>"]/g, (sign) => NAMED[sign]);
