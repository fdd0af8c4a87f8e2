import { printedText } from '../wording/visible-text.ts';
import { MOST_OUTPUT_MIB, type ProgramEnd } from './run-program.ts';

const MOST_LINES = 5;
const MOST_CHARACTERS = 600;

/** Describes why a program failed; null if it succeeded. */
export function endOf(end: ProgramEnd, program: string, timeoutS: number): string | null {
  const { code, signal, error, cut } = end;
  if (error === 'ENOENT') return `cannot start ${program}: there is no such program`;
  if (error === 'EACCES') return `cannot start ${program}: it may not be executed`;
  if (error !== null) return `cannot start ${program}: ${error}`;
  if (cut === 'timeout')
    return `the program was still running after its timeout_s of ${timeoutS} s and was ended`;
  if (cut === 'output') return `the program printed more than ${MOST_OUTPUT_MIB} MiB and was ended`;
  if (signal !== null) return `the program was killed (${signal})`;
  return code === 0 ? null : `the program exited with code ${code}`;
}

/** Creates an error with the end of the program's output: of standard error, or else of standard output. */
export function failure(what: string, { stderr, stdout }: ProgramEnd, folder: string): Error {
  const said = (lastLines(stderr) || lastLines(stdout)).replaceAll(folder, '(request folder)');
  return new Error(said === '' ? what : `${what}; end of its output: ${said}`);
}

/** Returns the end of a text in one line, without colour codes. */
function lastLines(text: string): string {
  const lines = text
    .split(/[\r\n]+/)
    .map((line) => printedText(line).trim())
    .filter((line) => line !== '');
  const end = lines.slice(-MOST_LINES).join(' / ');
  return end.length > MOST_CHARACTERS ? `…${end.slice(-MOST_CHARACTERS)}` : end;
}
