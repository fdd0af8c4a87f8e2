import { allocateEstimates } from '../contracts/voxels.ts';
import { ESTIMATE_COLUMNS, type CsvRows } from './csv-rows.ts';
import type { EstimateSink } from './estimate-sink.ts';
import { keepEstimates } from './keep-estimates.ts';
import { stageFiles } from '../files/staged-files.ts';
import { statusWord } from './status-words.ts';

/** Rows joined into one string before they are written. */
const ROWS_AT_ONCE = 10_000;

/**
 * Writes a CSV file again, every line as it was, with the columns S0, D, f, Dp and status added.
 * @throws InputError where `path` can't be written to
 */
export async function csvSink(path: string, source: CsvRows): Promise<EstimateSink> {
  const staged = stageFiles([path]);
  const all = allocateEstimates(source.n);
  const { separator, lineBreak, lines } = source;
  return {
    write: async (first, estimates) => keepEstimates(all, first, estimates),
    async finish() {
      const handle = await staged.handle(path);
      // `writeFile` goes on where the last one ended and, unlike `write`, writes everything or throws.
      await handle.writeFile([source.header, ...ESTIMATE_COLUMNS].join(separator) + lineBreak);
      for (let from = 0; from < lines.length; from += ROWS_AT_ONCE) {
        let text = '';
        for (let i = from; i < Math.min(from + ROWS_AT_ONCE, lines.length); i++) {
          const cells = [lines[i], all.S0[i], all.D[i], all.f[i], all.Dp[i], statusWord(all.status[i])];
          text += cells.join(separator) + lineBreak;
        }
        await handle.writeFile(text);
      }
      await staged.commit();
      return [path];
    },
    discard: () => staged.discard(),
  };
}
