import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Limit of standard output and standard error together; a program that exceeds it is terminated. */
export const MOST_OUTPUT_MIB = 64;
const TAIL_BYTES = 8192;

const supervisor = fileURLToPath(new URL('./supervisor.mjs', import.meta.url));

export interface ProgramJob {
  /** The program and its arguments, not interpreted by a shell. */
  readonly command: readonly string[];
  /** Its request folder; the supervisor removes it if this process can't. */
  readonly folder: string;
  readonly timeoutMs: number;
}

/** How a program ended. */
export interface ProgramEnd {
  readonly code: number | null;
  readonly signal: string | null;
  /** Why it could not be started. */
  readonly error: string | null;
  /** Why it was terminated early. */
  readonly cut: 'timeout' | 'output' | null;
  /** The end of its output. */
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a program in its own process group, with one thread for numerical libraries. None of its processes outlives its end, or
 * the end of this thread or process.
 */
export function runProgram(job: ProgramJob): Promise<ProgramEnd> {
  return new Promise((resolve, reject) => {
    // Detached, so that Ctrl-C reaches only this process, which then handles the interruption.
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

/** Debugger and coverage options apply to this process, not to its children. */
function withoutNodeOptions(): NodeJS.ProcessEnv {
  const env = { ...process.env };
  delete env['NODE_OPTIONS'];
  delete env['NODE_V8_COVERAGE'];
  return env;
}
