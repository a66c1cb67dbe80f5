import type { RunConfig } from '../../../shared/config.ts';
import type { TrainerEvent } from '../../../shared/trainer-events.ts';
import { Control } from '../../../main/trainer/training/control.ts';
import type { Run } from '../../../main/trainer/training/run.ts';
import { Saver } from '../../../main/trainer/training/saving/saver.ts';
import { train } from '../../../main/trainer/training/training-loop.ts';
import { openRun } from '../open-run.ts';
import type { Done, Trainer } from './own.ts';
import { bytesOf, settingsOf } from './settings.ts';

const EPOCHS = 1000;

/**
 * The app's training loop as it is, which stands still between turns. An epoch's validation is not on the clock, for nobody
 * else's is; that its checkpoint is written meanwhile is.
 */
export async function appLoop(config: RunConfig, folder: string): Promise<Trainer> {
  const endless = { ...config, training: { ...config.training, epochs: EPOCHS } };
  const { run, folder: opened } = await openRun(endless, folder);
  const gate = new Gate(run);
  const emit = (event: TrainerEvent): void => {
    if (event.type === 'phase') gate.phase(event.phase);
    // As a message to the app is.
    structuredClone(event);
  };
  // What goes wrong ends this process, with its message.
  const saver = await Saver.begin(run, opened, emit);
  void train({ run, control: gate, saver, emit });
  return {
    settings: settingsOf(run.session, config.data.batchSize),
    dataBytes: bytesOf(run.dataset),
    async train(steps) {
      const done = await gate.let(steps);
      // Not in others' turns.
      await saver.whenWritten();
      return done;
    },
    epoch: () => Promise.reject(new Error("The app's loop evaluates by itself.")),
  };
}

/** Lets so many steps of a run through, and measures how long they take. */
class Gate extends Control {
  readonly #run: Run;
  #until = 0;
  #open: () => void = () => undefined;
  #closed: () => void = () => undefined;
  #trains = false;
  #seconds = 0;
  /** When the clock began to go; null while it stands. */
  #since: number | null = null;

  constructor(run: Run) {
    super();
    this.#run = run;
  }

  async let(steps: number): Promise<Done> {
    const before = this.#examples;
    this.#seconds = 0;
    this.#until = this.#run.cursor.step + steps;
    await new Promise<void>((resolve) => {
      this.#closed = resolve;
      this.#go();
      this.#open();
    });
    return { examples: this.#examples - before, seconds: this.#seconds };
  }

  /** What the loop says that it does now. */
  phase(phase: string): void {
    this.#stand();
    this.#trains = phase === 'training';
    if (this.#until > this.#run.cursor.step) this.#go();
  }

  /** Comes after each step. The first is done before any turn: it makes the graph ready, and is on nobody's clock. */
  override async yieldToEventLoop(): Promise<void> {
    if (this.#run.cursor.step >= this.#until) {
      this.#stand();
      await new Promise<void>((resolve) => {
        this.#open = resolve;
        this.#closed();
      });
    }
    await super.yieldToEventLoop();
  }

  #go(): void {
    if (this.#trains) this.#since = performance.now();
  }

  #stand(): void {
    if (this.#since !== null) this.#seconds += (performance.now() - this.#since) / 1000;
    this.#since = null;
  }

  get #examples(): number {
    const { epoch, position } = this.#run.cursor;
    return epoch * this.#run.dataset.train.count + position;
  }
}
