import * as v from 'valibot';
import type { RunConfig } from '../../../shared/config.ts';
import { ownProgram, type Program } from '../program.ts';
import type { SeenStep } from './training-speed.ts';
import { wait } from './wait.ts';

/** A trainer without a window, which stands still until it is asked to go on. */
export class BareTrainer {
  readonly #config: RunConfig;
  readonly #program: Program = ownProgram('the trainer', 'service-main.js', {});
  #step = 0;
  #isPaused = false;
  #seen: SeenStep[] = [];

  constructor(config: RunConfig) {
    this.#config = config;
  }

  async begin(checkpointDir: string): Promise<void> {
    this.#program.send({ type: 'start', checkpointDir, config: this.#config });
    void this.#listen();
    while (this.#step < 50) await wait(0.1);
    await this.pause();
  }
  async pause(): Promise<void> {
    this.#program.send({ type: 'pause' });
    while (!this.#isPaused) await wait(0.05);
  }
  resume(): void {
    this.#isPaused = false;
    this.#program.send({ type: 'resume' });
  }
  /** What it tells for so many seconds. */
  async stepsTold(seconds: number): Promise<SeenStep[]> {
    this.#seen = [];
    await wait(seconds);
    return this.#seen;
  }
  end(): void {
    this.#program.end();
  }

  async #listen(): Promise<void> {
    try {
      for (;;) {
        const event = v.parse(v.looseObject({ type: v.string() }), await this.#program.next());
        const at = performance.now();
        if (event.type === 'pace' && typeof event.step === 'number') {
          this.#step = event.step;
          this.#seen.push({ at, step: event.step });
        }
        if (event.type !== 'phase') continue;
        if (event.phase !== 'training') this.#seen.push({ at, step: null });
        if (event.phase === 'paused') this.#isPaused = true;
      }
    } catch {
      // It was ended.
    }
  }
}
