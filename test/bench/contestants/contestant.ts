import * as v from 'valibot';
import type { Program } from '../program.ts';
import { median } from '../statistics.ts';

/** Threads that wait for work look for it a while before they sleep; the next one's turn begins after that. */
const REST = 250;

/** Turns of a trial, and the steps of each, which also warm up. */
const TRIALS = 3;
const TRIAL_STEPS = 10;

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
  /** What it runs on, such as TensorFlow 2.21.0, and what was set for it. */
  readonly version: string;
  readonly #program: Program;

  private constructor(program: Program, version: string) {
    this.#program = program;
    this.version = version;
  }

  /** Waits until it is ready. */
  static async of(program: Program, env: NodeJS.ProcessEnv = {}): Promise<Contestant> {
    const { version } = v.parse(hello, await program.next());
    const set = Object.entries(env).map(([name, value]) => `${name}=${value ?? ''}`);
    return new Contestant(program, [version, ...set].join(', '));
  }

  /** Starts all, has them take some turns and keeps the fastest; all are warm then. */
  static async fastest(starts: readonly (() => Promise<Contestant>)[]): Promise<Contestant> {
    const tried: { contestant: Contestant; speeds: number[] }[] = [];
    for (const start of starts) {
      const contestant = await start();
      tried.push({ contestant, speeds: [] });
      await contestant.turn(TRIAL_STEPS);
    }
    for (let round = 0; round < TRIALS && tried.length > 1; round++)
      for (const { contestant, speeds } of tried)
        speeds.push((await contestant.turn(TRIAL_STEPS)).examplesPerSecond);
    const [best, ...others] = tried.sort((a, b) => median(b.speeds) - median(a.speeds));
    for (const { contestant } of others) contestant.end();
    if (!best) throw new Error('nothing to start');
    return best.contestant;
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
