import type { MeasuredCost } from '../../../shared/cost-protocol.ts';
import type { Precision, RunConfig } from '../../../shared/config.ts';
import { fitNetwork } from '../../../shared/fit-network.ts';
import type { ImageShape } from '../../../shared/network-shape.ts';
import type { Batch } from '../data/batches.ts';
import { fedNumbers } from '../tensorflow/feeds.ts';
import type { Session } from '../tensorflow/session.ts';
import { checkMemory } from './feasible.ts';
import { medianOf, openThrowAway } from './precision.ts';

/** Milliseconds after which no further step is timed; they begin after each graph's first step, which makes it ready. */
const BUDGET = 1000;
/** Milliseconds: if making one graph ready took longer, the other precision is not tried. */
const LONG = 5000;
/** The first step makes the graph ready; the second still asks the system for memory. */
const WARM_UP = 2;
/** At least this many steps are run, unless one takes all the time. */
const LEAST_STEPS = WARM_UP + 2;
/** At most this many steps are timed: more would tell no more. */
const MOST_STEPS = 12;

/**
 * Times real training steps of a configuration on made-up images: about a second, once the graph is ready. With automatic precision, both
 * precisions are measured. Nothing is read or written, and the networks are thrown away.
 * @param signal when aborted, the measurement ends after the current step
 * @returns null if it was aborted before a step was timed
 * @throws FailureError if the layers do not fit together, or need more memory than there is
 */
export async function measureCost(
  asked: RunConfig,
  image: ImageShape,
  signal: AbortSignal,
): Promise<MeasuredCost | null> {
  const config = { ...asked, network: fitNetwork(asked.network, image) };
  checkMemory(config, image);
  const { precision } = config.training;
  const wanted: Precision[] = precision === 'auto' ? ['float32', 'bfloat16'] : [precision];
  const timing = new StepTiming(config, image, signal);
  try {
    for (const each of wanted) await timing.open(each);
    await timing.run();
  } finally {
    timing.close();
  }
  return timing.measured();
}

class StepTiming {
  readonly #config: RunConfig;
  readonly #image: ImageShape;
  readonly #signal: AbortSignal;
  readonly #batch: Batch;
  readonly #numbers: Float32Array;
  readonly #since = performance.now();
  readonly #sessions = new Map<Precision, Session>();
  /** Milliseconds of each step, by precision; the first step's include making the graph ready. */
  readonly #times = new Map<Precision, number[]>();
  #memoryBytes = 0;

  constructor(config: RunConfig, image: ImageShape, signal: AbortSignal) {
    this.#config = config;
    this.#image = image;
    this.#signal = signal;
    this.#batch = madeBatch(image, config.data.batchSize);
    this.#numbers = fedNumbers(config, config.optimizer.learningRate);
  }

  /** Opens a network and does its first step. */
  async open(precision: Precision): Promise<void> {
    const isLong = this.#sessions.size > 0 && performance.now() - this.#since > LONG;
    if (this.#signal.aborted || isLong) return;
    const { classes } = this.#image;
    const isBalanced = this.#config.training.classWeights === 'balanced';
    const weights = isBalanced ? new Array<number>(classes).fill(1) : null;
    const session = await openThrowAway(this.#config, precision, this.#image, weights);
    this.#sessions.set(precision, session);
    await this.#step(precision, session);
  }

  /** Does the other steps, alternating between the precisions. */
  async run(): Promise<void> {
    const until = performance.now() + BUDGET;
    for (let k = 1; k < WARM_UP + MOST_STEPS; k++) {
      const isUp = performance.now() >= until;
      const isLong = Math.min(...this.#all) >= BUDGET;
      if (this.#signal.aborted || (isUp && (k >= LEAST_STEPS || isLong))) return;
      for (const [precision, session] of this.#sessions) await this.#step(precision, session);
    }
  }

  close(): void {
    for (const session of this.#sessions.values()) session.close();
  }

  measured(): MeasuredCost | null {
    const medians = [...this.#times].map(([precision, times]) => ({
      precision,
      // If the first step took all the time, there may be no other.
      ms: medianOf(times.slice(Math.min(WARM_UP, times.length - 1))),
    }));
    const [fastest] = medians.sort((a, b) => a.ms - b.ms);
    if (!fastest) return null;
    return {
      examplesPerSecond: (1000 * this.#batch.size) / fastest.ms,
      precision: fastest.precision,
      memoryBytes: this.#memoryBytes,
    };
  }

  get #all(): number[] {
    return [...this.#times.values()].flat();
  }

  async #step(precision: Precision, session: Session): Promise<void> {
    // Commands are served between the steps.
    await new Promise((resolve) => setImmediate(resolve));
    if (this.#signal.aborted) return;
    const since = performance.now();
    session.train(this.#batch, 0, this.#numbers);
    const times = this.#times.get(precision) ?? [];
    this.#times.set(precision, [...times, performance.now() - since]);
    this.#memoryBytes = Math.max(this.#memoryBytes, process.memoryUsage.rss());
  }
}

/** A batch of noise, labelled with each class in turn. A step takes the same time whatever the images show. */
function madeBatch({ height, width, channels, classes }: ImageShape, size: number): Batch {
  // Knuth's multiplicative hash: noise that is the same each time.
  const images = Uint8Array.from(
    { length: size * height * width * channels },
    (_, k) => Math.imul(k, 0x9e3779b1) >>> 16,
  );
  const labels = classes > 256 ? new Uint16Array(size) : new Uint8Array(size);
  return { images, labels: labels.map((_, k) => k % classes), size };
}
