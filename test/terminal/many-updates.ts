// What the tests of progress run on a terminal of its own: as many changes of the state of a run of four workers as the first
// argument says, 5,000 a second. Prints the CPU time that they took, in milliseconds, and that of the same with nothing to draw.
import { setTimeout } from 'node:timers/promises';
import { openProgress, type Progress } from '../../src/terminal/progress.ts';

const updates = Number(process.argv[2]);

async function cpuOf(progress: Progress): Promise<number> {
  const before = process.cpuUsage();
  for (let i = 1; i <= updates; i++) {
    progress.show(() => [
      `${i} of ${updates} cells done, about 5 s left (${'a long title '.repeat(20)})`,
      ...[1, 2, 3, 4].map((worker) => `  fit ls snr=${worker}: ${i % 100} %`),
    ]);
    if (i % 100 === 0) await setTimeout(20);
  }
  progress.end();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

const drawn = await openProgress();
// What the loop itself costs is no part of drawing.
const quiet = await cpuOf(await openProgress(true));
const shown = await cpuOf(drawn);
process.stdout.write(`shown ${shown.toFixed(1)} ms, quiet ${quiet.toFixed(1)} ms\n`);
