import { copyFileSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import * as v from 'valibot';
import { FailureError, type Failure } from '../shared/ipc.ts';
import {
  freePresetName,
  MOST_PRESETS,
  presetNameSchema,
  type OwnPreset,
} from '../shared/own-presets.ts';
import { messageOf, systemFault } from '../shared/system-errors.ts';
import { allowedConfig } from './saved-config.ts';

/** The file of a person's own presets. Nothing in it is ever lost: a copy is kept of what cannot be read. */

export interface PresetsFile {
  presets: readonly OwnPreset[];
  /** Why the file must not be written to: it may be undamaged, although the system does not let us read it. Null if it can be read. */
  unreadable: Failure | null;
}

const listSchema = v.object({ presets: v.array(v.unknown()) });
const entrySchema = v.object({
  name: presetNameSchema,
  config: v.unknown(),
  needsData: v.optional(v.boolean(), false),
});

/** Reads the presets in the file, and reports each problem through `warn`. */
export function readPresetsFile(file: string, warn: (failure: Failure) => void): PresetsFile {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const fault = systemFault(error);
    if (fault?.code === 'ENOENT') return { presets: [], unreadable: null };
    const unreadable = {
      what: `Your presets cannot be read: ${messageOf(error)}.`,
      where: file,
      remedy: `${fault?.remedy ?? 'Look at what lies there.'} Then start the app again; until then none is saved.`,
    };
    warn(unreadable);
    return { presets: [], unreadable };
  }
  const { presets, problems } = presetsIn(text);
  if (problems.length > 0) keepAside(file, problems, warn);
  return { presets, unreadable: null };
}

function presetsIn(text: string): { presets: OwnPreset[]; problems: string[] } {
  const problems: string[] = [];
  const presets: OwnPreset[] = [];
  let list: readonly unknown[] = [];
  try {
    list = v.parse(listSchema, JSON.parse(text)).presets;
  } catch (error) {
    problems.push(`the file (${messageOf(error)})`);
  }
  for (const [index, entry] of list.entries()) {
    const parsed = v.safeParse(entrySchema, entry);
    const named = parsed.success ? `“${parsed.output.name}”` : `number ${index + 1}`;
    // Additions of a later version are left out; a preset with settings that are not allowed is not used, as it would be another run.
    const saved = parsed.success ? allowedConfig(parsed.output.config) : null;
    const [problem] = parsed.success ? (saved?.problems ?? []) : [parsed.issues[0].message];
    if (problem !== undefined) problems.push(`${named} (${problem})`);
    else if (parsed.success && saved) {
      const { name, needsData } = parsed.output;
      const taken = presets.map((preset) => preset.name);
      presets.push({ name: freePresetName(name, taken), config: saved.config, needsData });
    }
  }
  return { presets: presets.slice(0, MOST_PRESETS), problems };
}

/** Keeps a copy that is never written over. */
function keepAside(file: string, problems: readonly string[], warn: (f: Failure) => void): void {
  const aside = `${file}.unreadable-${new Date().toISOString().replaceAll(/[:.]/g, '-')}`;
  let kept = '';
  try {
    copyFileSync(file, aside);
  } catch (error) {
    kept = `; it could not be kept aside: ${messageOf(error)}`;
  }
  warn({
    what: `Presets of yours that are damaged or not allowed are left out: ${problems.join(', ')}${kept}.`,
    where: aside,
    remedy: 'Save them anew, or mend them in that copy of the file and put it back in its place.',
  });
}

/** @throws FailureError where it cannot be written; the file before is then kept */
export function writePresetsFile(file: string, presets: readonly OwnPreset[]): void {
  const next = `${file}.new`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(next, `${JSON.stringify({ presets }, null, '\t')}\n`, { flush: true });
    renameSync(next, file);
  } catch (cause) {
    throw new FailureError(
      {
        what: `Your presets cannot be saved: ${messageOf(cause)}.`,
        where: file,
        remedy: systemFault(cause)?.remedy ?? 'Make the file writable, and try again.',
      },
      { cause },
    );
  }
}
