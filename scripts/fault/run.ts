/**
 * Breaks runs and stored results on purpose: a full disk, a read-only folder, two runs at a time, no memory, a clock that jumps, kills at random
 * moments, and single bits flipped. Nothing may be lost, and nothing wrong may be reported. Prints its seed, with which the same faults come again (the moments of the kills but for the machine's
 * load).
 *
 *     npm run fault -- [--kills 50] [--flips 600] [--seed N]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { flips } from './flips.ts';
import { kills } from './kills.ts';
import { tryPressures } from './pressures.ts';
import { writeStudy } from './study.ts';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '50' },
    flips: { type: 'string', default: '600' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
});
const seed = Number(values.seed);
const folder = mkdtempSync(join(tmpdir(), 'ivim-bench-fault-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
const config = writeStudy(folder);

const ofPressures = await tryPressures(folder, { config });
process.stdout.write(ofPressures.lines.map((line) => `${line}\n`).join(''));
const ofKills = await kills(folder, { config, count: Number(values.kills), seed });
process.stdout.write(
  `seed ${seed}: ${ofKills.killed} runs killed, ${ofKills.wrong} folders with other tables\n`,
);
const ofFlips = await flips(folder, { config, count: Number(values.flips), seed });
process.stdout.write(
  `seed ${seed}: ${values.flips} bits flipped, ${ofFlips.silent} unnoticed, ${ofFlips.wrong} with other rows\n`,
);
process.exitCode = ofPressures.failed + ofKills.wrong + ofFlips.silent + ofFlips.wrong === 0 ? 0 : 1;
