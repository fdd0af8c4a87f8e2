/** `one-round.ts JOB measure|peer quick|full`: prints one round's measurement as JSON. */
import type { Job } from './job.ts';

const [name, side, howMuch] = process.argv.slice(2);
const { default: job } = (await import(`./jobs/${name}.ts`)) as { default: Job };
const size = { quick: howMuch === 'quick' };
const other = job.peer(size);
const measured = side === 'measure' ? job.measure(size) : 'measure' in other ? other.measure() : null;
if (!measured) throw new Error(`the peer of ${name} is a Python script`);
process.stdout.write(JSON.stringify(await measured));
