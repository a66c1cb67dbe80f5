import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import * as v from 'valibot';
import { presets } from '../../shared/presets.ts';
import { precisions, type RunConfig } from '../../shared/config.ts';
import { ArgumentError, checkConfig, readConfig } from './config-file.ts';

export const usage = `Usage: npm run train -- [options]

  --checkpoint-dir FOLDER   where checkpoints are kept and found again (CNN_ckpt_dir)
  --epochs N                epochs of the whole run, 1 to 100000 (10)
  --max-steps N             steps of the whole run at most (no limit)
  --batch-size N            examples a step, 1 to 65536 (128)
  --learning-rate X         greater than 0, at most 100 (0.001)
  --mean-square-start X     where RMSProp's mean square starts: 1, as in TensorFlow 1, or 0, which learns sooner (1)
  --seed N                  0 to 2147483647 (1)
  --precision P             auto, float32 or bfloat16 (auto: measures both, takes the faster)
  --preset NAME             a network to start from: ${Object.keys(presets).join(', ')} (seed-network)
  --dataset D               mnist, or a folder of the four IDX files, plain or .gz (mnist)
  --config FILE.json        a whole run's configuration; the options above go before it
  --from CHECKPOINT         go back to this checkpoint of the folder, such as model.ckpt-430; what came after it is kept
  --weights-from PATH       a new run takes the weights that match from this checkpoint, such as FOLDER/model.ckpt-430
  --keep N                  checkpoints kept, besides the best and pinned ones (5)
  --keep-every-epochs N     and those of every Nth epoch (no others)
  --save-every-steps N      save within an epoch too (at each epoch's end)
  --save-every-minutes X    the same by time
  --commands                take commands from standard input meanwhile, a line each; "help" lists them
  --json                    one JSON object a line on standard output, and nothing else there
  --help                    this text

Run again on the same folder, training goes on where it stopped.`;

const options = {
  'checkpoint-dir': { type: 'string', default: 'CNN_ckpt_dir' },
  epochs: { type: 'string' },
  'max-steps': { type: 'string' },
  'batch-size': { type: 'string' },
  'learning-rate': { type: 'string' },
  'mean-square-start': { type: 'string' },
  seed: { type: 'string' },
  precision: { type: 'string' },
  preset: { type: 'string' },
  dataset: { type: 'string' },
  config: { type: 'string' },
  from: { type: 'string' },
  'weights-from': { type: 'string' },
  keep: { type: 'string' },
  'keep-every-epochs': { type: 'string' },
  'save-every-steps': { type: 'string' },
  'save-every-minutes': { type: 'string' },
  commands: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

type NumberOption =
  | 'epochs'
  | 'max-steps'
  | 'batch-size'
  | 'learning-rate'
  | 'mean-square-start'
  | 'seed'
  | 'keep'
  | 'keep-every-epochs'
  | 'save-every-steps'
  | 'save-every-minutes';
type Values = ReturnType<typeof parse>;

function parse(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options, strict: true }).values;
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    throw new ArgumentError(`${what}\n\n${usage}`);
  }
}

/** What the arguments ask for, apart from the run's configuration. */
export interface Invocation {
  checkpointDir: string;
  commands: boolean;
  json: boolean;
  help: boolean;
  from: string | undefined;
  weightsFrom: string | undefined;
  /** The run's configuration, given what the checkpoint folder holds already. */
  configOn(recorded: RunConfig | null, fallback: RunConfig): RunConfig;
}

function numberOf(values: Values, name: NumberOption): number | undefined {
  const text = values[name];
  if (text === undefined) return undefined;
  const value = text.trim() === '' ? NaN : Number(text);
  if (Number.isNaN(value)) throw new ArgumentError(`--${name} must be a number, but is "${text}".`);
  return value;
}

/** Where the option that sets a part of the configuration is not named like it. */
const optionOf: Record<string, string> = {
  'training.epochs': '--epochs',
  'training.maxSteps': '--max-steps',
  'training.seed': '--seed',
  'training.precision': '--precision',
  'checkpoints.keep': '--keep',
  'checkpoints.keepEveryEpochs': '--keep-every-epochs',
  'checkpoints.everySteps': '--save-every-steps',
  'checkpoints.everyMinutes': '--save-every-minutes',
  'data.batchSize': '--batch-size',
  'data.dataset': '--dataset',
  'optimizer.learningRate': '--learning-rate',
  'optimizer.rule.meanSquareStart': '--mean-square-start',
};

function ruleOf(base: RunConfig, values: Values): unknown {
  const { rule } = base.optimizer;
  const start = numberOf(values, 'mean-square-start');
  if (start === undefined) return rule;
  if (rule.type === 'rmsprop') return { ...rule, meanSquareStart: start };
  throw new ArgumentError(
    `--mean-square-start belongs to rmsprop, but the optimizer is ${rule.type}.`,
  );
}

/** Unchecked: the options' numbers may be out of range. */
function withOptions(base: RunConfig, values: Values): unknown {
  const maxSteps = numberOf(values, 'max-steps');
  const precision = values.precision ?? base.training.precision;
  if (!v.is(v.picklist(precisions), precision))
    throw new ArgumentError(`--precision must be ${precisions.join(', ')}, but is "${precision}".`);
  return {
    ...base,
    optimizer: {
      ...base.optimizer,
      rule: ruleOf(base, values),
      learningRate: numberOf(values, 'learning-rate') ?? base.optimizer.learningRate,
    },
    data: {
      ...base.data,
      batchSize: numberOf(values, 'batch-size') ?? base.data.batchSize,
      dataset: values.dataset ?? base.data.dataset,
    },
    training: {
      ...base.training,
      epochs: numberOf(values, 'epochs') ?? base.training.epochs,
      maxSteps: maxSteps ?? base.training.maxSteps,
      seed: numberOf(values, 'seed') ?? base.training.seed,
      precision,
    },
    checkpoints: {
      keep: numberOf(values, 'keep') ?? base.checkpoints.keep,
      keepEveryEpochs: numberOf(values, 'keep-every-epochs') ?? base.checkpoints.keepEveryEpochs,
      everySteps: numberOf(values, 'save-every-steps') ?? base.checkpoints.everySteps,
      everyMinutes: numberOf(values, 'save-every-minutes') ?? base.checkpoints.everyMinutes,
    },
  };
}

/** The run that --config or --preset names; null where neither is given. */
function givenConfig({ config, preset }: Values): RunConfig | null {
  if (config !== undefined) return readConfig(config);
  if (preset === undefined) return null;
  const named = presets[preset];
  if (named) return named();
  throw new ArgumentError(
    `--preset must be one of ${Object.keys(presets).join(', ')}, but is "${preset}".`,
  );
}

/** @throws ArgumentError */
export function parseArguments(argv: readonly string[]): Invocation {
  const values = parse(argv);
  const given = givenConfig(values);
  return {
    checkpointDir: resolve(values['checkpoint-dir']),
    commands: values.commands,
    json: values.json,
    help: values.help,
    from: values.from,
    weightsFrom: values['weights-from'] && resolve(values['weights-from']),
    configOn: (recorded, fallback) =>
      checkConfig(
        withOptions(given ?? recorded ?? fallback, values),
        (path) => optionOf[path] ?? path,
      ),
  };
}
