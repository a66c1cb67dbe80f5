import { fieldAt, fieldList } from '../../../shared/fields.ts';
import { valueWhenOff } from '../../../shared/fields/field.ts';
import { isNumberRange, type Range } from '../../../shared/fields/ranges.ts';
import {
  isKindPath,
  settingsOfType,
  typesWith,
  type KindPath,
} from '../../../shared/setting-kinds.ts';
import { valueAt, withValueAt } from '../../../shared/setting-paths.ts';
import { shown } from '../../../shared/shown.ts';
import { ArgumentError } from './config-file.ts';
import { readImageList } from './image-list.ts';
import { settingOptions, type SettingOption } from './options.ts';

/** Applies the given options to a run's configuration. */

type Given = Readonly<Record<string, unknown>>;

/**
 * A configuration with the given options, not yet checked: numbers and words may be out of range.
 * @throws ArgumentError if an option has an impossible value, or the run has no such setting; FailureError if a file that it names cannot
 * be read
 */
export const withOptions = (base: unknown, given: Given): unknown =>
  settingOptions.reduce((config, each) => {
    const value = givenValue(each, given);
    return value === undefined ? config : withSetting(config, each, value);
  }, base);

/** Undefined if the option is not given. */
function givenValue({ field, option: { name, value } }: SettingOption, given: Given): unknown {
  if (value === undefined) return yesOrNo(name, given);
  const text = given[name];
  if (typeof text !== 'string') return undefined;
  // This removes a limit that the run had.
  if (field.nullable && text === 'none') return null;
  if (field.range.kind === 'size') return sizeOf(name, text);
  if (field.range.kind === 'images') return readImageList(text);
  return isNumeric(field.range) ? numberOf(name, text) : text;
}

const isNumeric = (range: Range): boolean =>
  isNumberRange(range) || (range.kind === 'choice' && typeof range.choices[0] === 'number');

function yesOrNo(name: string, given: Given): boolean | undefined {
  const [yes, no] = [given[name] === true, given[`no-${name}`] === true];
  if (yes && no)
    throw new ArgumentError(`--${name} and --no-${name} are opposites: give one of them.`);
  return yes || no ? yes : undefined;
}

function numberOf(name: string, text: string): number {
  const value = text.trim() === '' ? NaN : Number(text);
  if (Number.isNaN(value))
    throw new ArgumentError(`--${name} must be a number, but is ${shown(text)}.`);
  return value;
}

/** Parses `32` as a square, and `24x32` as height and width. */
function sizeOf(name: string, text: string): [number, number] {
  const [, height, width = height] = /^\s*(\d{1,6})(?:\s*[x×]\s*(\d{1,6}))?\s*$/i.exec(text) ?? [];
  if (height === undefined)
    throw new ArgumentError(
      `--${name} must be a size such as 32, or 24x32 (height and width), but is ${shown(text)}.`,
    );
  return [Number(height), Number(width)];
}

/** A configuration with one setting changed, not yet checked. */
export function withSetting(
  config: unknown,
  { path, option }: SettingOption,
  value: unknown,
): unknown {
  const parent = parentOf(path);
  if (!isKindPath(parent)) return withValueAt(withPartsOf(config, parent), path, value);
  const setting = path.slice(parent.length + 1);
  if (setting === 'type') return withValueAt(config, parent, kindOf(config, parent, String(value)));
  checkKind(config, parent, setting, option.name);
  return withValueAt(config, path, value);
}

const parentOf = (path: string): string => path.slice(0, path.lastIndexOf('.'));

/** Switches a group of settings on if it is off: each gets the value with which it does nothing, if it has one, or else its default. */
function withPartsOf(config: unknown, parent: string): unknown {
  const isOff = (valueAt(config, parent) ?? null) === null;
  if (fieldAt(parent)?.range.kind !== 'parts' || !isOff) return config;
  return fieldList
    .filter(([path]) => parentOf(path) === parent)
    .reduce(
      (made, [path, field]) => withValueAt(made, path, valueWhenOff(field)),
      withPartsOf(config, parentOf(parent)),
    );
}

/** Changes a rule or schedule to another type: settings that both types have are kept, the others get their defaults. */
function kindOf(config: unknown, parent: KindPath, type: string): unknown {
  const settings = settingsOfType(parent, type).map((name) => {
    const path = `${parent}.${name}`;
    return [name, valueAt(config, path) ?? fieldAt(path)?.default];
  });
  return { type, ...Object.fromEntries(settings) };
}

/** @throws ArgumentError if the run's rule or schedule has no such setting */
function checkKind(config: unknown, parent: KindPath, setting: string, option: string): void {
  const type = String(valueAt(config, `${parent}.type`));
  if (settingsOfType(parent, type).includes(setting)) return;
  const noun = fieldAt(`${parent}.type`)?.label.toLowerCase() ?? parent;
  const types = typesWith(parent, setting).join(', ');
  throw new ArgumentError(`--${option} belongs to ${types}, but the ${noun} is ${type}.`);
}
