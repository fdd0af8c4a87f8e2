import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** More than this on standard output and standard error together is not read: the program is ended. */
export const MOST_OUTPUT_MIB = 64;
const TAIL_BYTES = 8192;

const supervisor = fileURLToPath(new URL('./supervisor.mjs', import.meta.url));

export interface ProgramJob {
  /** The program and its arguments, as they are: no shell looks at them. */
  readonly command: readonly string[];
  /** Its request folder; removed where the process that asked does not live to do so. */
  readonly folder: string;
  readonly timeoutMs: number;
}

/** How a program ended. */
export interface ProgramEnd {
  readonly code: number | null;
  readonly signal: string | null;
  /** Why it could not be started. */
  readonly error: string | null;
  /** Why it was ended early. */
  readonly cut: 'timeout' | 'output' | null;
  /** The last it wrote. */
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a program in a process group of its own, with one thread for numerical libraries, and leaves nothing of it
 * running: neither after its end nor when this thread or process is ended.
 */
export function runProgram(job: ProgramJob): Promise<ProgramEnd> {
  return new Promise((resolve, reject) => {
    // Detached, so that Ctrl-C reaches this process alone, which then knows that it was interrupted.
    const child = spawn(process.execPath, [supervisor], {
      stdio: ['pipe', 'pipe', 'ignore'],
      detached: true,
      env: withoutNodeOptions(),
    });
    let answer = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (answer += text));
    child.on('error', reject);
    child.stdin.on('error', () => {});
    child.on('close', (code, signal) => {
      if (answer.endsWith('\n')) resolve(JSON.parse(answer) as ProgramEnd);
      else reject(new Error(`the process that watches over the program ended (${signal ?? code})`));
    });
    const limits = { mostBytes: MOST_OUTPUT_MIB * 2 ** 20, tailBytes: TAIL_BYTES };
    child.stdin.write(JSON.stringify({ ...job, ...limits }) + '\n');
  });
}

/** Debuggers and coverage are for this process, not for what it starts. */
function withoutNodeOptions(): NodeJS.ProcessEnv {
  const env = { ...process.env };
  delete env['NODE_OPTIONS'];
  delete env['NODE_V8_COVERAGE'];
  return env;
}
