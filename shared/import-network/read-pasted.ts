import * as v from 'valibot';
import { checked, parseJson } from '../checked.ts';
import { runConfigSchema, type RunConfig } from '../config.ts';
import { FailureError } from '../ipc.ts';
import { isPresetFile, presetOfFile, runOfData } from '../own-presets.ts';
import type { PortableSetup } from '../portable-setup.ts';
import { isSetupString, readSetupString } from '../setup-string.ts';
import type { ImportedNetwork } from './imported-network.ts';
import { isKerasModel, networkOfKeras } from './keras-json.ts';
import { networkOfSummary } from './keras-summary.ts';
import { jsonOfPython } from './python-literal.ts';
import { isKerasSummary } from './summary-table.ts';

/** Reads what a person can paste into Set up, and finds out what it is. */

export type Pasted = { title: string } & (
  | ({ kind: 'setup' } & PortableSetup)
  | { kind: 'run'; config: RunConfig; needsData: boolean }
  | ({ kind: 'network'; network: RunConfig['network'] } & Pick<ImportedNetwork, 'notes' | 'input'>)
);

/** Most characters; the JSON of a large Keras model has some 200,000. */
const LONGEST = 2_000_000;
const WHERE = 'the pasted text';
const CUT = 'Copy all of it, from its first bracket to its last.';
const TAKEN =
  'what model.summary() prints, what model.to_json() returns, JSON of Firstlayer, or a set-up string';

/**
 * @param present input of the network in the form, for texts that do not say theirs
 * @throws FailureError if the text is nothing of the kind, or not allowed
 */
export function readPasted(text: string, present: ImportedNetwork['input'] = null): Pasted {
  if (text.length > LONGEST)
    throw new FailureError({
      what: `It has ${text.length} characters; at most ${LONGEST} are read.`,
      where: WHERE,
      remedy: 'Paste the model alone, without its weights.',
    });
  const setup = setupIn(text);
  if (isSetupString(setup))
    return { kind: 'setup', title: 'A set-up string', ...readSetupString(setup) };
  if (isKerasSummary(text)) return ofNetwork('A summary of Keras', networkOfSummary(text, present));
  // A text that begins like JSON but is not is reported with the place of its error.
  const data = dataOf(text) ?? (/^\s*[{[]/.test(text) ? parseJson(text, WHERE, CUT) : undefined);
  if (data === undefined)
    throw new FailureError({
      what: 'This is nothing that a network can be made of.',
      where: WHERE,
      remedy: `Paste ${TAKEN}.`,
    });
  return pastedData(data);
}

/** Finds a set-up string that is part of the command which opens the app with it. */
const setupIn = (text: string): string =>
  /\s--setup[\s=]+["']?(fl\d[^"']*)/.exec(text)?.[1] ?? text;

/** Whether a text is meant for `readPasted`, even if it was cut off or describes an impossible network. */
export function isMeantAsNetwork(text: string): boolean {
  if (text.length > LONGEST) return false;
  if (isSetupString(setupIn(text)) || isKerasSummary(text)) return true;
  if (/^\s*[{[]/.test(text) && /["'](?:layers|class_name|network)["']/.test(text)) return true;
  try {
    readPasted(text);
    return true;
  } catch {
    return false;
  }
}

function pastedData(data: unknown): Pasted {
  if (isKerasModel(data)) return ofNetwork('A model of Keras', networkOfKeras(data));
  if (isPresetFile(data)) {
    const { name, config, needsData } = presetOfFile(data, WHERE);
    return { kind: 'run', title: `A preset: ${name}`, config, needsData };
  }
  if (Array.isArray(data)) return ofOwnNetwork({ name: 'Pasted network', layers: data });
  const isEntries = typeof data === 'object' && data !== null;
  if (isEntries && 'layers' in data) return ofOwnNetwork({ name: 'Pasted network', ...data });
  if (isEntries && ('config' in data || 'network' in data))
    return { kind: 'run', title: 'A whole run', ...runOfData(data, WHERE) };
  throw new FailureError({
    what: 'This JSON is neither a network nor a run.',
    where: WHERE,
    remedy: `Paste ${TAKEN}.`,
  });
}

const ofNetwork = (title: string, { name, layers, notes, input }: ImportedNetwork): Pasted => ({
  ...{ kind: 'network', title, notes, input },
  network: { name: nameOf(name), layers },
});

/** Keras allows longer names, and none. */
const nameOf = (name: string | null): string => {
  const called = (name ?? '').trim().slice(0, 80);
  return called === '' ? 'Pasted network' : called;
};

const ofOwnNetwork = (data: unknown): Pasted => ({
  ...{ kind: 'network', title: 'A network', notes: [], input: null },
  network: checked(runConfigSchema.entries.network, data, WHERE, 'Correct it, and paste it again.'),
});

/** Parses JSON, JSON within a JSON string, or Python's print of the same data; undefined if it is none of these. */
function dataOf(text: string): unknown {
  for (const form of [text, jsonOfPython(text)]) {
    const data = jsonIn(form);
    // This happens with `json.dumps(model.to_json())`, and with the repr of a string.
    if (typeof data === 'string') return jsonIn(data);
    if (data !== undefined) return data;
  }
  return undefined;
}

function jsonIn(text: string): unknown {
  try {
    const data: unknown = JSON.parse(text);
    return v.is(v.union([v.string(), v.looseObject({}), v.array(v.unknown())]), data)
      ? data
      : undefined;
  } catch {
    return undefined;
  }
}
