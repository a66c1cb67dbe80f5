import * as v from 'valibot';
import { checked, parseJson } from './checked.ts';
import { runConfigSchema, type RunConfig } from './config.ts';
import { hasOwnData, withoutPlaces } from './portable-setup.ts';

/** Set-ups that a person has kept under names of their own: what is asked of them, and the file that one is given away as. */

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
  /** It came from another machine, whose data are not in it: whoever takes it keeps their own. */
  needsData: v.optional(v.boolean(), false),
});
export type OwnPreset = v.InferOutput<typeof ownPresetSchema>;

/** Names that differ in nothing but upper and lower case are one. */
export const isSamePresetName = (a: string, b: string): boolean =>
  a.normalize().toLowerCase() === b.normalize().toLowerCase();

const name = presetNameSchema;
export const presetRequestSchema = v.variant('type', [
  v.strictObject({ type: v.literal('list') }),
  /** Under a name that there is already, in its place. */
  v.strictObject({ type: v.literal('save'), ...ownPresetSchema.entries }),
  v.strictObject({ type: v.literal('rename'), name, to: name }),
  v.strictObject({ type: v.literal('remove'), name }),
  /** To a file that the person names in the system's dialog. */
  v.strictObject({ type: v.literal('export'), name }),
  /** From such a file. */
  v.strictObject({ type: v.literal('import') }),
]);
export type PresetRequest = v.InferOutput<typeof presetRequestSchema>;

export const presetAnswerSchema = v.strictObject({
  presets: v.array(ownPresetSchema),
  /** The name that was saved or imported; the file that was written; null: nothing, or the person has cancelled. */
  done: v.nullable(v.string()),
});
export type PresetAnswer = v.InferOutput<typeof presetAnswerSchema>;

const FORMAT = 'firstlayer-preset';
const presetFileSchema = v.strictObject({
  format: v.literal(FORMAT),
  version: v.literal(1, 'version must be 1: this file is of a later version of the app'),
  ...ownPresetSchema.entries,
});

/** A preset as a file: without places of this machine. */
export const presetFileText = ({ name: called, config, needsData }: OwnPreset): string => {
  const content = { format: FORMAT, version: 1, name: called, ...portable(config, needsData) };
  return `${JSON.stringify(content, null, 2)}\n`;
};

/** Whether data are meant to be such a file. */
export const isPresetFile = (data: unknown): boolean =>
  typeof data === 'object' && data !== null && 'format' in data && data.format === FORMAT;

/**
 * @param data as JSON has it
 * @param where the file, or what the text is
 * @throws FailureError where it is no preset
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
 * A run's own JSON: a checkpoint's record, or the configuration alone.
 * @throws FailureError where the data are no run's configuration, nor have one
 */
export function runOfData(data: unknown, where: string): Omit<OwnPreset, 'name'> {
  const inner = typeof data === 'object' && data !== null && 'config' in data ? data.config : data;
  return portable(checked(runConfigSchema, inner, where, 'Correct it there, or take another one.'));
}

/**
 * @param usualName for a file that has none
 * @throws FailureError where it is no preset's file, nor a run's own JSON
 */
export function readPresetFile(text: string, where: string, usualName: string): OwnPreset {
  const data = parseJson(text, where, 'Take a file that was exported from Firstlayer.');
  return isPresetFile(data)
    ? presetOfFile(data, where)
    : { name: usualName, ...runOfData(data, where) };
}

/** A name that no other has: "Mine", "Mine 2". */
export function freePresetName(wanted: string, taken: readonly string[]): string {
  const isTaken = (called: string): boolean => taken.some((each) => isSamePresetName(each, called));
  const base = wanted.slice(0, LONGEST_NAME - 4).trim();
  let called = wanted;
  for (let number = 2; isTaken(called); number++) called = `${base} ${number}`;
  return called;
}

/** A name as near to a text as is allowed, such as that of a file. */
export function presetNameFrom(text: string): string {
  const seen = text.replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '').trim();
  return seen.slice(0, LONGEST_NAME).trim() || 'Imported';
}
