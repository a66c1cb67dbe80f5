import { fieldList } from '../../../shared/fields.ts';
import { valueWhenOff, type Field, type FieldOption } from '../../../shared/fields/field.ts';
import { isNumberRange, shortRangeWords } from '../../../shared/fields/ranges.ts';
import { presets } from '../../../shared/presets.ts';
import { commandOf, isInstalled } from '../files/command-name.ts';

/** The options and their help texts. Those for settings come from the table of fields. */

/** Column in which the second part of the help text begins. */
const COLUMN = 28;

/** The options for settings, with their paths, in the table's order. */
export const settingOptions = fieldList.flatMap(([path, field]) =>
  field.option ? [{ path, field, option: field.option }] : [],
);
export type SettingOption = (typeof settingOptions)[number];

export const optionHelp = ({ field, option }: SettingOption): string => {
  const name = `  --${option.name}${option.value === undefined ? '' : ` ${option.value}`}`;
  return [`${name.padEnd(COLUMN - 1)} ${wordsOf(field, option)}`, ...(option.more ?? [])].join(
    `\n${' '.repeat(COLUMN)}`,
  );
};

/** The help text of an option: its meaning, its range, and its default in brackets. */
function wordsOf(field: Field, { value, help: told, defaultHelp, more }: FieldOption): string {
  const help = typeof told === 'function' ? told(commandOf) : told;
  if (value === undefined) return help ?? field.label;
  const range = isNumberRange(field.range) ? shortRangeWords(field.range) : '';
  const choices = field.range.kind === 'choice' ? listWords(field.range.choices) : '';
  const words = [
    help?.endsWith(':') ? `${help} ${choices}` : (help ?? choices),
    range,
    field.nullable ? 'or none' : '',
  ]
    .filter((part) => part !== '')
    .join(', ');
  const meaning = defaultHelp === undefined ? '' : `: ${defaultHelp}`;
  return `${words} (${defaultWords(valueWhenOff(field))}${meaning})${more ? ';' : ''}`;
}

const defaultWords = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value ?? 'none').replaceAll('"', '');

/** Joins words as in: a, b or c. */
const listWords = (words: readonly (string | number)[]): string =>
  words.join(', ').replace(/, ([^,]*)$/, ' or $1');

const helpOf = (part: (path: string) => boolean): string =>
  settingOptions
    .filter(({ path }) => part(path))
    .map(optionHelp)
    .join('\n');

const isOfCheckpoints = (path: string): boolean => path.startsWith('checkpoints.');

export const command = commandOf('train');

export const usage = `Usage: ${command} [options]

  --checkpoint-dir FOLDER   where checkpoints are kept and found again (CNN_ckpt_dir)
  --preset NAME             a run to start from: ${Object.keys(presets).join(', ')} (seed-network)
  --config FILE.json        a whole run’s configuration; every other option goes before it
  --print-config            prints the configuration that the preset or file and the options make, as for --config, and ends
${helpOf((path) => !isOfCheckpoints(path))}
  --from CHECKPOINT         go back to this checkpoint of the folder, such as model.ckpt-430; what came after it is kept
  --weights-from PATH       a new run takes the weights that match from this checkpoint: FOLDER/model.ckpt-430, one of its files, or FOLDER
  --take-over               goes on in a folder whose checkpoints have no record of Firstlayer, by its run.json
${helpOf(isOfCheckpoints)}
  --threads N               how many of this machine’s cores it may use (all); fewer leave room for other work
  --find-rate               tries learning rates on a network that is thrown away, prints what they did and which one is suggested, and ends
  --diagnostics             print each layer’s norms and share of dead units when they are measured (every 50 steps)
  --classes                 print each class’s precision and recall after each epoch too
  --commands                take commands from standard input meanwhile, a line each; "help" lists them
  --json                    one JSON object a line on standard output, and nothing else there
  --help, -h                this text

In brackets: what is usual, with the seed network; another preset, a file or a run that goes on has its own.
Run again on the same folder, training goes on where it stopped.
It ends with 0 when it is done, 2 when what was asked for is refused, 1 when something failed, 130 after Ctrl-C, 143 after SIGTERM.
With nohup or setsid it goes on when its terminal goes away${isInstalled() ? '' : '; docs/signals.md tells of each signal'}.`;

const ownOptions = {
  'checkpoint-dir': { type: 'string', default: 'CNN_ckpt_dir' },
  preset: { type: 'string' },
  'print-config': { type: 'boolean', default: false },
  config: { type: 'string' },
  from: { type: 'string' },
  'weights-from': { type: 'string' },
  'take-over': { type: 'boolean', default: false },
  threads: { type: 'string' },
  'find-rate': { type: 'boolean', default: false },
  diagnostics: { type: 'boolean', default: false },
  classes: { type: 'boolean', default: false },
  commands: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/** The options in the form for Node's parseArgs. */
export function parsedOptions(
  list: readonly SettingOption[],
): Record<string, { type: 'string' | 'boolean' }> {
  const made: Record<string, { type: 'string' | 'boolean' }> = {};
  for (const { option } of list) {
    made[option.name] = { type: option.value === undefined ? 'boolean' : 'string' };
    // An option that takes no value has an opposite.
    if (option.value === undefined) made[`no-${option.name}`] = { type: 'boolean' };
  }
  return made;
}

export const options = { ...parsedOptions(settingOptions), ...ownOptions };
