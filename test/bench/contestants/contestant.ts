import * as v from 'valibot';
import type { Program } from '../program.ts';

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

/** A program that trains the seed network when it is told to. */
export class Contestant {
  /** What it runs on, such as TensorFlow 2.21.0. */
  readonly version: string;
  readonly #program: Program;

  private constructor(program: Program, version: string) {
    this.#program = program;
    this.version = version;
  }

  /** Waits until it is ready. */
  static async of(program: Program): Promise<Contestant> {
    return new Contestant(program, v.parse(hello, await program.next()).version);
  }

  /** So many training steps. */
  async turn(steps: number): Promise<Turn> {
    this.#program.send({ steps });
    const done = v.parse(turn, await this.#program.next());
    await new Promise((resolve) => setTimeout(resolve, REST));
    return done;
  }

  /** Every example once. @returns accuracy on the test images afterwards */
  async epoch(): Promise<number> {
    this.#program.send({ epoch: true });
    return v.parse(epoch, await this.#program.next()).accuracy;
  }

  end(): void {
    this.#program.end();
  }
}
