import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const TOLD = 1_500;

/** Milliseconds without an answer after which a program counts as stuck; training to an accuracy may take a slow machine ten minutes. */
const PATIENCE = 1_800_000;

const running = new Set<Program>();

/** Ends every program at once. */
export function endAll(): void {
  for (const program of running) program.end();
}

/**
 * One of the benchmark's own programs, in a Node process.
 * @param options as JSON, its one argument
 */
export const ownProgram = (name: string, file: string, options: object): Program =>
  new Program(name, process.execPath, [join(import.meta.dirname, file), JSON.stringify(options)]);

/** A process that is spoken with in lines of JSON. */
export class Program {
  readonly #name: string;
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #lines: AsyncIterator<string>;
  readonly #patience: number;
  /** All that it has told has been read. */
  readonly #closed: Promise<void>;
  #told = '';

  /**
   * @param env besides our own
   * @param patience as `PATIENCE`
   */
  constructor(
    name: string,
    command: string,
    args: readonly string[],
    env: NodeJS.ProcessEnv = {},
    patience = PATIENCE,
  ) {
    this.#name = name;
    this.#patience = patience;
    // In a process group of its own, which ends with it: PyTorch's compiler starts others.
    this.#child = spawn(command, args, {
      detached: process.platform !== 'win32',
      env: { ...process.env, ...env },
    });
    this.#closed = new Promise((resolve) => {
      this.#child.once('close', () => resolve());
    });
    this.#child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#told = (this.#told + text).slice(-TOLD);
    });
    // Written to after it has ended; the missing answer says so.
    this.#child.stdin.on('error', () => undefined);
    this.#child.on('error', (error) => {
      this.#told += error.message;
    });
    this.#lines = createInterface(this.#child.stdout)[Symbol.asyncIterator]();
    running.add(this);
  }

  send(message: object): void {
    this.sendLine(JSON.stringify(message));
  }

  /** @param line a message as JSON already */
  sendLine(line: string): void {
    this.#child.stdin.write(`${line}\n`);
  }

  /**
   * What it says next.
   * @throws Error with the last that it told on stderr, when it has ended or was ended because it is stuck
   */
  async next(): Promise<unknown> {
    const stuck = setTimeout(() => {
      this.#told = `${this.#told.trim()} It was ended after ${this.#patience / 1000} s without an answer.`;
      this.end();
    }, this.#patience);
    const line = await this.#lines.next().finally(() => {
      clearTimeout(stuck);
    });
    if (line.done !== true) return JSON.parse(line.value);
    this.end();
    // Its last words may be read after the end of its answers.
    await this.#closed;
    throw new Error(`${this.#name} has ended: ${this.#told.trim() || 'it said nothing'}`);
  }

  end(): void {
    running.delete(this);
    const { pid } = this.#child;
    if (pid === undefined) return;
    try {
      if (process.platform === 'win32') this.#child.kill();
      else process.kill(-pid, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
  }
}
