import { InputError } from '../contracts/input-error.ts';

/** Milliseconds for which a thread may have nothing to do and nothing to wait for, before a promise counts as lost. */
const PATIENCE = 30_000;
/** The thread is looked at this often within that time. */
const LOOKS = 10;
/** Share of the time that a thread may be busy and still count as idle: looking takes some itself. */
const IDLE = 0.02;

/** What keeps a thread alive but settles no promise of a plug-in: its own input and output. */
const OWN = ['CloseReq', 'TTYWrap', 'PipeWrap', 'SignalWrap'];
/** Ports through which this thread gets its tasks. */
let taskPorts = 0;

/** Says that this thread is one of a pool, whose two open ports (Piscina's, and that of its tasks) settle no promise. */
export function thisIsWorker(): void {
  taskPorts = 2;
}

/** The part of Node's `performance` that browsers lack. */
interface Clock {
  eventLoopUtilization(since?: object): { readonly utilization: number };
}

/**
 * Awaits what a plug-in returned. A promise that nothing can settle any more would end the program without a word, or keep a
 * run waiting for ever. It is recognised by its thread, which is idle and waits for no timer, file, socket, program or other
 * thread; work that takes long is none of that, and may take as long as it likes.
 * @param what name of the plug-in's part, for the message
 * @throws InputError if the promise never settles
 */
export async function settling<T>(what: string, work: T | Promise<T>, patience = PATIENCE): Promise<T> {
  // A browser does not tell what a thread waits for; there a page shows that it waits, and its reader stops it.
  if (!(work instanceof Promise) || typeof process === 'undefined') return work;
  let timer: NodeJS.Timeout | undefined;
  const lost = new Promise<never>((_, reject) => {
    const clock = performance as unknown as Clock;
    let since = clock.eventLoopUtilization();
    let quiet = 0;
    timer = setInterval(() => {
      const { utilization } = clock.eventLoopUtilization(since);
      since = clock.eventLoopUtilization();
      quiet = utilization < IDLE && !waitsForSomething() ? quiet + 1 : 0;
      if (quiet < LOOKS) return;
      reject(
        new InputError(
          `${what} returned a promise that never settles: for ${patience / 1000} s there has been nothing to do and nothing to wait for`,
        ),
      );
    }, patience / LOOKS);
  });
  try {
    return await Promise.race([work, lost]);
  } finally {
    clearInterval(timer);
  }
}

/** Whether anything but this watch, and the ports through which a worker gets its tasks, keeps the thread alive. */
function waitsForSomething(): boolean {
  const kinds = process.getActiveResourcesInfo().filter((kind) => !OWN.includes(kind));
  const count = (wanted: string) => kinds.filter((kind) => kind === wanted).length;
  return kinds.length > Math.min(1, count('Timeout')) + Math.min(taskPorts, count('MessagePort'));
}
