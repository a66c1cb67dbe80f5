import { parseArgs } from 'node:util';

export const parts = [
  'throughput',
  'cifar',
  'service',
  'window',
  'scaling',
  'accuracy',
  'cifar-accuracy',
] as const;
export type Part = (typeof parts)[number];

export const usage = `Usage: npm run bench -- [OPTION…]

  Examples a second of the seed network: this engine, the same network op by op in
  tfjs-node, and, with --peers, TensorFlow, Keras and PyTorch from Python; then those of
  the preset cifar. Then what else the trainer does: evaluation, prediction, saving,
  time to accuracy.

  --peers         makes a Python environment and measures the peers too
  --peers=PYTHON  takes this Python, which has them
  --scaling       also measures growing batches, datasets and networks
  --accuracy      also trains with several seeds and compares the test accuracy
  --window        only how smooth the window is with a run of 360,000 steps, and what it
                  costs training; needs a screen, or makes a virtual one
  --only PART     only this part, may be given again: ${parts.join(', ')}
  --images PLACE  CIFAR-10's pictures, a zip or folder: part cifar trains on them instead
                  of on made images of their shape; part cifar-accuracy needs them
  --starts N      how often each contestant is started anew (3)
  --rounds N      how often it has its turn after each start (3)
  --seconds N     how long a turn takes, about (2)
  --epochs N      epochs of each run of --accuracy and of cifar-accuracy (10)
  --seeds N       how many seeds --accuracy trains with (5)
  --write FOLDER  also writes results.json, README.md and charts there; parts that
                  were not measured now keep what results.json has`;

export interface Options {
  parts: readonly Part[];
  starts: number;
  rounds: number;
  seconds: number;
  epochs: number;
  seeds: number;
  /** A Python that has the peers. */
  python: string | null;
  /** CIFAR-10's pictures. */
  images: string | null;
  /** Where to write, if at all. */
  folder: string | null;
}

/**
 * @returns null when help was asked for.
 * @throws TypeError, RangeError in words when an argument cannot be
 */
export function parseOptions(args: readonly string[]): Options | null {
  const { values } = parseArgs({
    args: [...args],
    options: {
      peers: { type: 'string' },
      scaling: { type: 'boolean', default: false },
      accuracy: { type: 'boolean', default: false },
      window: { type: 'boolean', default: false },
      images: { type: 'string' },
      only: { type: 'string', multiple: true },
      starts: { type: 'string', default: '3' },
      rounds: { type: 'string', default: '3' },
      seconds: { type: 'string', default: '2' },
      epochs: { type: 'string', default: '10' },
      seeds: { type: 'string', default: '5' },
      write: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return null;
  const usual = parts.filter(
    (part) =>
      part !== 'cifar-accuracy' &&
      part !== 'window' &&
      (part !== 'scaling' || values.scaling) &&
      (part !== 'accuracy' || values.accuracy),
  );
  if (values.only?.includes('cifar-accuracy') && values.images === undefined)
    throw new RangeError("--only cifar-accuracy: --images is to name CIFAR-10's pictures.");
  return {
    parts: values.window ? ['window'] : (values.only?.map(partNamed) ?? usual),
    starts: count('--starts', values.starts),
    rounds: count('--rounds', values.rounds),
    seconds: seconds('--seconds', values.seconds),
    epochs: count('--epochs', values.epochs),
    seeds: count('--seeds', values.seeds),
    python: values.peers ?? null,
    images: values.images ?? null,
    folder: values.write ?? null,
  };
}

function partNamed(name: string): Part {
  const part = parts.find((known) => known === name);
  if (part) return part;
  throw new RangeError(`--only ${name}: there is no such part; there are ${parts.join(', ')}.`);
}

function count(option: string, text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1) return value;
  throw new RangeError(`${option} ${text}: must be a whole number from 1.`);
}

function seconds(option: string, text: string): number {
  const value = Number(text);
  if (Number.isFinite(value) && value > 0) return value;
  throw new RangeError(`${option} ${text}: must be a number above 0.`);
}
