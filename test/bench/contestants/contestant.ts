import * as v from 'valibot';
import type { Program } from '../program.ts';
import { median } from '../statistics.ts';

/** Milliseconds: threads that wait for work look for it a while before they sleep; the next one's turn begins after that. */
export const REST = 250;

/** Keras trains on so many batches at a time; the others' turns are made of them too. */
const STEPS_AT_ONCE = 10;

/** Turns of a trial, which also warm up, and the seconds of each. */
const TRIALS = 3;
const TRIAL_SECONDS = 0.5;

const hello = v.object({
  library: v.string(),
  settings: v.string(),
  /** Bytes of images and labels that it keeps in memory. */
  dataBytes: v.optional(v.number(), 0),
});
const turn = v.object({
  seconds: v.number(),
  examples: v.number(),
  /** Most bytes that its process has had in memory. */
  peakMemory: v.number(),
});
const epoch = v.object({ accuracy: v.number() });

export interface Turn {
  examplesPerSecond: number;
  peakMemory: number;
}

/** A program that trains the seed network when it is told to. */
export class Contestant {
  /** What it runs on, such as TensorFlow 2.21.0. */
  readonly library: string;
  /** Its threads, its allocator and what else was set for it. */
  readonly settings: string;
  readonly dataBytes: number;
  /** Which of those that it was the fastest of. */
  variant = 0;
  readonly #program: Program;
  /** As in its last turn; the first turn is as short as can be. */
  #stepsPerSecond = 0;

  private constructor(program: Program, said: v.InferOutput<typeof hello>) {
    this.#program = program;
    this.library = said.library;
    this.settings = said.settings;
    this.dataBytes = said.dataBytes;
  }

  /**
   * Waits until it is ready.
   * @param chosen settings besides those that it tells itself
   */
  static async of(program: Program, chosen: readonly string[] = []): Promise<Contestant> {
    const said = v.parse(hello, await program.next());
    return new Contestant(program, { ...said, settings: [said.settings, ...chosen].join(', ') });
  }

  /**
   * Starts all, has them take some turns and keeps the fastest; it is warm then. Those that fail are left out.
   * @throws what the last one threw, when all fail
   */
  static async fastest(starts: readonly (() => Promise<Contestant>)[]): Promise<Contestant> {
    const speeds = new Map<Contestant, number[]>();
    let failure: unknown = new Error('there is nothing to start');
    const leaveOut = (error: unknown): void => {
      failure = error;
      process.stderr.write(`A setting fails: ${String(error)}\n`);
    };
    for (const [variant, start] of starts.entries())
      try {
        const contestant = await start();
        contestant.variant = variant;
        await contestant.turn(0);
        speeds.set(contestant, []);
      } catch (error) {
        leaveOut(error);
      }
    for (let trial = 0; trial < TRIALS; trial++)
      for (const [contestant, its] of speeds)
        try {
          its.push((await contestant.turn(TRIAL_SECONDS)).examplesPerSecond);
        } catch (error) {
          contestant.end();
          speeds.delete(contestant);
          leaveOut(error);
        }
    const [best, ...others] = [...speeds].sort(([, a], [, b]) => median(b) - median(a));
    for (const [contestant] of others) contestant.end();
    if (!best) throw failure;
    return best[0];
  }

  /** Trains for about so many seconds: in as many steps as its last turn's speed has room for. */
  async turn(seconds: number): Promise<Turn> {
    const rounds = Math.round((seconds * this.#stepsPerSecond) / STEPS_AT_ONCE);
    const steps = STEPS_AT_ONCE * Math.max(rounds, 1);
    this.#program.send({ steps });
    const done = v.parse(turn, await this.#program.next());
    this.#stepsPerSecond = steps / done.seconds;
    await new Promise((resolve) => setTimeout(resolve, REST));
    return { examplesPerSecond: done.examples / done.seconds, peakMemory: done.peakMemory };
  }

  /**
   * Every example once.
   * @returns accuracy on the test images afterwards
   */
  async epoch(): Promise<number> {
    this.#program.send({ epoch: true });
    return v.parse(epoch, await this.#program.next()).accuracy;
  }

  end(): void {
    this.#program.end();
  }
}
