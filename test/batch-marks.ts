/** What of a batch belongs to one file. */
export interface FileEnd {
  readonly file: string;
  readonly code: number;
  readonly seconds: number;
}

/** Printed where a file leaves its process other than it found it. */
export const CHANGED = 'the file changed its process';

const MARK = '\u001F';

/** Stands before the output of a file. */
export const startMark = (file: string): string => `\n${MARK}start ${file}${MARK}\n`;

/** Stands after the output of a file that came to its end. */
export const endMark = (end: FileEnd): string => `\n${MARK}end ${JSON.stringify(end)}${MARK}\n`;

/** The files that came to their end in a batch's output, each with what it printed. */
export function filesOf(output: string): (FileEnd & { readonly output: string })[] {
  const pattern = new RegExp(`${MARK}start (.*?)${MARK}\n([^]*?)\n${MARK}end (.*?)${MARK}`, 'g');
  return [...output.matchAll(pattern)].map(([, , printed, end]) => ({
    ...(JSON.parse(end) as FileEnd),
    output: printed,
  }));
}
