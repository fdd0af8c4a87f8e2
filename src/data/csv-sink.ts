import { Status } from '../contracts/voxels.ts';
import type { CsvRows } from './csv-rows.ts';
import { estimateColumns, type EstimateColumn } from './estimate-columns.ts';
import type { EstimateSink } from './estimate-sink.ts';
import { stageFiles } from '../files/staged-files.ts';
import { statusWord } from './status-words.ts';

/**
 * Writes a CSV file again, with every line unchanged except for added columns of estimates and their status.
 * @throws InputError if `path` is not writable
 */
export async function csvSink(
  path: string,
  source: CsvRows,
  columns: readonly EstimateColumn[] = estimateColumns(),
): Promise<EstimateSink> {
  const staged = stageFiles([path]);
  const kept = columns.map(() => new Float64Array(source.n).fill(NaN));
  const status = new Uint8Array(source.n).fill(Status.notFitted);
  const { separator, lineBreak } = source;
  return {
    async write(first, estimates) {
      columns.forEach((column, c) => {
        for (let i = 0; i < estimates.n; i++) kept[c][first + i] = column.at(estimates, i);
      });
      status.set(estimates.status, first);
    },
    async finish() {
      const handle = await staged.handle(path);
      const header = [source.header, ...columns.map(({ name }) => name), 'status'];
      // `writeFile` continues at the current position and, unlike `write`, writes everything or throws.
      await handle.writeFile(header.join(separator) + lineBreak);
      let row = 0;
      await source.eachLine(async (lines) => {
        let text = '';
        for (const line of lines) {
          const cells = [line, ...kept.map((column) => column[row]), statusWord(status[row])];
          text += cells.join(separator) + lineBreak;
          row++;
        }
        await handle.writeFile(text);
      });
      return { paths: [path], commit: () => staged.commit() };
    },
    discard: () => staged.discard(),
  };
}
