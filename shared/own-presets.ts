import * as v from 'valibot';
import { checked, parseJson } from './checked.ts';
import { runConfigSchema, type RunConfig } from './config.ts';
import { hasOwnData, withoutPlaces } from './portable-setup.ts';

/** The set-ups that a person keeps under names of their own: requests about them, and the file for passing one on. */

const LONGEST_NAME = 60;
const nameMessage = `a preset’s name must have 1 to ${LONGEST_NAME} characters that can be seen`;
export const presetNameSchema = v.pipe(
  v.string(nameMessage),
  v.trim(),
  v.minLength(1, nameMessage),
  v.maxLength(LONGEST_NAME, nameMessage),
  v.regex(/^[^\p{Cc}\p{Cf}\u2028\u2029]*$/u, nameMessage),
);

export const MOST_PRESETS = 200;

export const ownPresetSchema = v.strictObject({
  name: presetNameSchema,
  config: runConfigSchema,
  /** Whether the preset came from another machine without its data, so that a person who uses it keeps their own. */
  needsData: v.optional(v.boolean(), false),
});
export type OwnPreset = v.InferOutput<typeof ownPresetSchema>;

/** Names that differ only in upper and lower case count as the same. */
export const isSamePresetName = (a: string, b: string): boolean =>
  a.normalize().toLowerCase() === b.normalize().toLowerCase();

const name = presetNameSchema;
export const presetRequestSchema = v.variant('type', [
  v.strictObject({ type: v.literal('list') }),
  /** Saves a preset, and replaces one of the same name. */
  v.strictObject({ type: v.literal('save'), ...ownPresetSchema.entries }),
  v.strictObject({ type: v.literal('rename'), name, to: name }),
  v.strictObject({ type: v.literal('remove'), name }),
  /** Exports to a file that the person names in the system's dialog. */
  v.strictObject({ type: v.literal('export'), name }),
  /** Imports from such a file. */
  v.strictObject({ type: v.literal('import') }),
]);
export type PresetRequest = v.InferOutput<typeof presetRequestSchema>;

export const presetAnswerSchema = v.strictObject({
  presets: v.array(ownPresetSchema),
  /** The name that was saved or imported, or the file that was written; null if there is none, or the person cancelled. */
  done: v.nullable(v.string()),
});
export type PresetAnswer = v.InferOutput<typeof presetAnswerSchema>;

const FORMAT = 'firstlayer-preset';
const presetFileSchema = v.strictObject({
  format: v.literal(FORMAT),
  version: v.literal(1, 'version must be 1: this file is of a later version of the app'),
  ...ownPresetSchema.entries,
});

/** The text of a preset's file, without places of this machine. */
export const presetFileText = ({ name: called, config, needsData }: OwnPreset): string => {
  const content = { format: FORMAT, version: 1, name: called, ...portable(config, needsData) };
  return `${JSON.stringify(content, null, 2)}\n`;
};

/** Whether data are meant to be such a file. */
export const isPresetFile = (data: unknown): boolean =>
  typeof data === 'object' && data !== null && 'format' in data && data.format === FORMAT;

/**
 * @param data parsed JSON
 * @param where the file, or what the text is
 * @throws FailureError if it is not a preset
 */
export function presetOfFile(data: unknown, where: string): OwnPreset {
  const remedy = 'Export the preset again, and take that file.';
  const { name: called, config, needsData } = checked(presetFileSchema, data, where, remedy);
  return { name: called, ...portable(config, needsData) };
}

const portable = (config: RunConfig, needsData = false): Omit<OwnPreset, 'name'> => ({
  ...{ config: withoutPlaces(config), needsData: needsData || hasOwnData(config) },
});

/**
 * Reads a run's own JSON: a checkpoint's record, or only the configuration.
 * @throws FailureError if the data neither are nor contain a run's configuration
 */
export function runOfData(data: unknown, where: string): Omit<OwnPreset, 'name'> {
  const inner = typeof data === 'object' && data !== null && 'config' in data ? data.config : data;
  return portable(checked(runConfigSchema, inner, where, 'Correct it there, or take another one.'));
}

/**
 * @param usualName for a file without a name
 * @throws FailureError if it is neither a preset's file nor a run's own JSON
 */
export function readPresetFile(text: string, where: string, usualName: string): OwnPreset {
  const data = parseJson(text, where, 'Take a file that was exported from Firstlayer.');
  return isPresetFile(data)
    ? presetOfFile(data, where)
    : { name: usualName, ...runOfData(data, where) };
}

/** A name that no other preset has: "Mine", "Mine 2". */
export function freePresetName(wanted: string, taken: readonly string[]): string {
  const isTaken = (called: string): boolean => taken.some((each) => isSamePresetName(each, called));
  const base = wanted.slice(0, LONGEST_NAME - 4).trim();
  let called = wanted;
  for (let number = 2; isTaken(called); number++) called = `${base} ${number}`;
  return called;
}

/** The allowed name that is closest to a text, such as a file's name. */
export function presetNameFrom(text: string): string {
  const seen = text.replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '').trim();
  return seen.slice(0, LONGEST_NAME).trim() || 'Imported';
}
