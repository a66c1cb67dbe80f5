import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { printable, shown } from '../../../shared/shown.ts';
import { threadsFrom, threadsProblem } from '../../../shared/threads.ts';
import { thrownText } from '../../../shared/system-errors.ts';
import { presets } from '../../../shared/presets.ts';
import type { RunConfig } from '../../../shared/config.ts';
import { isDatasetName } from '../../../shared/dataset-names.ts';
import { ArgumentError, checkConfig, readConfig } from './config-file.ts';
import { options } from './options.ts';
import { optionOf } from './option-names.ts';
import { withOptions } from './setting-values.ts';

type Values = ReturnType<typeof parseOptions>;

/** Joins a negative number to its option, so that it is refused as the option's value; Node would take it for an option. */
function withNegativeNumbers(argv: readonly string[]): string[] {
  const args: string[] = [];
  for (const each of argv) {
    const before = args.at(-1);
    if (/^-[\d.]/.test(each) && before?.startsWith('--')) args.splice(-1, 1, `${before}=${each}`);
    else args.push(each);
  }
  return args;
}

function parseOptions(argv: readonly string[]) {
  try {
    return parseArgs({ args: withNegativeNumbers(argv), options, strict: true }).values;
  } catch (error) {
    const what = thrownText(error);
    throw new ArgumentError(`${what.split('\n').map(printable).join('\n')}\nSee --help.`);
  }
}

/** Whether help is asked for, whatever else was typed. */
export const asksForHelp = (argv: readonly string[]): boolean =>
  argv.includes('--help') || argv.includes('-h');

/** What the arguments ask for, apart from the run's configuration. */
export interface Invocation {
  checkpointDir: string;
  diagnostics: boolean;
  classes: boolean;
  commands: boolean;
  json: boolean;
  /** Whether only the configuration is to be printed. */
  printConfig: boolean;
  from: string | undefined;
  weightsFrom: string | undefined;
  takeOver: boolean;
  /** Number of cores to use; null means what the environment says, or all. */
  threads: number | null;
  /** Whether learning rates are to be tried instead of training. */
  findRate: boolean;
  /**
   * The run's configuration, given what the checkpoint folder holds already.
   * @throws ArgumentError
   */
  configOn(recorded: RunConfig | null, fallback: RunConfig): Promise<RunConfig>;
  /**
   * Where a part of the configuration was or may be set: an option, or the file and the path in it; any other place is returned as it is.
   */
  placeOf: (path: string) => string;
}

/** The configuration that --config or --preset names; null if neither is given. */
async function givenConfig({ config, preset }: Values): Promise<RunConfig | null> {
  if (config !== undefined) return readConfig(config);
  return preset === undefined ? null : (presets[preset]?.() ?? null);
}

/** @throws ArgumentError */
function checkTexts({ config, preset, ...values }: Values): void {
  for (const name of ['checkpoint-dir', 'from', 'weights-from'] as const)
    if (values[name] === '') throw new ArgumentError(`--${name} must not be empty.`);
  if (config !== undefined && preset !== undefined)
    throw new ArgumentError('--config and --preset are two whole runs: give one of them.');
  if (preset !== undefined && !Object.hasOwn(presets, preset))
    throw new ArgumentError(
      `--preset must be one of ${Object.keys(presets).join(', ')}, but is ${shown(preset)}.`,
    );
}

/** @throws ArgumentError */
function threadsAsked(text: string | undefined): number | null {
  if (text === undefined) return null;
  const cores = availableParallelism();
  const threads = threadsFrom(text, cores);
  if (threads !== null) return threads;
  throw new ArgumentError(`--threads ${threadsProblem(text, cores)}`);
}

/** Makes the data's paths absolute, so that they are recorded as they are found from anywhere. */
function withWholePaths(config: RunConfig): RunConfig {
  const { dataset: named, ownDrawings } = config.data;
  const dataset = isDatasetName(named) ? named : resolve(named);
  const data = { ...config.data, dataset };
  if (!ownDrawings) return { ...config, data };
  const folder = resolve(ownDrawings.folder);
  return { ...config, data: { ...data, ownDrawings: { ...ownDrawings, folder } } };
}

/** @throws ArgumentError where what is weighed is not there */
function checkWeighed({ data }: RunConfig, values: Readonly<Record<string, unknown>>): void {
  const weight = values['own-weight'];
  if (typeof weight !== 'string' || data.ownDrawings) return;
  throw new ArgumentError(
    `--own-weight ${printable(weight)}: there are no own drawings to be weighed. Name their folder: --own-drawings FOLDER.`,
  );
}

/** @throws ArgumentError */
export function parseArguments(argv: readonly string[]): Invocation {
  const values = parseOptions(argv);
  checkTexts(values);
  const placeOf = (path: string): string => {
    const option = optionOf[path];
    if (option !== undefined && Object.hasOwn(values, option.slice(2))) return option;
    const isSetting = /^(network|optimizer|data|training|checkpoints)\./.test(path);
    if (!isSetting || values.config === undefined) return option ?? path;
    return `${values.config}: ${path}${option === undefined ? '' : ` (or ${option})`}`;
  };
  return {
    checkpointDir: resolve(values['checkpoint-dir']),
    diagnostics: values.diagnostics,
    classes: values.classes,
    commands: values.commands,
    json: values.json,
    printConfig: values['print-config'],
    from: values.from,
    weightsFrom: values['weights-from'] && resolve(values['weights-from']),
    takeOver: values['take-over'],
    threads: threadsAsked(values.threads),
    findRate: values['find-rate'],
    configOn: async (recorded, fallback) => {
      const base = (await givenConfig(values)) ?? recorded ?? fallback;
      const config = checkConfig(withOptions(base, values), placeOf);
      checkWeighed(config, values);
      return withWholePaths(config);
    },
    placeOf,
  };
}
