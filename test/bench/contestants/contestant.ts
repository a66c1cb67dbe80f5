import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { createInterface } from 'node:readline';
import * as v from 'valibot';

const TOLD = 1_500;
/** Threads that wait for work look for it a while before they sleep; the next one's turn begins after that. */
const REST = 250;

const hello = v.object({ version: v.string() });
const turn = v.object({
  examplesPerSecond: v.number(),
  /** Most bytes that its process has had in memory. */
  peakMemory: v.number(),
});
export type Turn = v.InferOutput<typeof turn>;
const epoch = v.object({ accuracy: v.number() });

const running = new Set<Contestant>();

/** Ends every contestant at once. */
export function endAll(): void {
  for (const contestant of running) contestant.end();
}

/** A program that trains the seed network in a process of its own, when it is told to: JSON lines in, JSON lines out. */
export class Contestant {
  readonly name: string;
  /** Of what it runs on, such as TensorFlow 2.21.0. */
  version = '';
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #answers: AsyncIterator<string>;
  #told = '';

  private constructor(name: string, command: string, args: readonly string[]) {
    this.name = name;
    // In a process group of its own, which ends with it: PyTorch's compiler starts others.
    this.#child = spawn(command, args, { detached: process.platform !== 'win32' });
    this.#child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#told = (this.#told + text).slice(-TOLD);
    });
    // A request to a process that has ended; the missing answer says so.
    this.#child.stdin.on('error', () => undefined);
    this.#child.on('error', (error) => {
      this.#told += error.message;
    });
    this.#answers = createInterface(this.#child.stdout)[Symbol.asyncIterator]();
    running.add(this);
  }

  /** @throws Error with the last that it said, when it ends instead of getting ready */
  static async start(name: string, command: string, args: readonly string[]): Promise<Contestant> {
    const contestant = new Contestant(name, command, args);
    contestant.version = v.parse(hello, await contestant.#answer()).version;
    return contestant;
  }

  /** So many training steps. */
  async turn(steps: number): Promise<Turn> {
    const done = v.parse(turn, await this.#ask({ steps }));
    await new Promise((resolve) => setTimeout(resolve, REST));
    return done;
  }

  /** Every example once. @returns accuracy on the test images afterwards */
  async epoch(): Promise<number> {
    return v.parse(epoch, await this.#ask({ epoch: true })).accuracy;
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

  #ask(request: object): Promise<unknown> {
    this.#child.stdin.write(`${JSON.stringify(request)}\n`);
    return this.#answer();
  }

  async #answer(): Promise<unknown> {
    const line = await this.#answers.next();
    if (line.done !== true) return JSON.parse(line.value);
    this.end();
    throw new Error(`${this.name} has ended: ${this.#told.trim() || 'it said nothing'}`);
  }
}
