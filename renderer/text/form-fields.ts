import { dropoutRateOf, withDropoutRate, type DropoutPlace } from '../../shared/dropout-rates.ts';
import type { RunConfig } from '../../shared/config.ts';
import { fieldList, fields, type FieldPath, type NumberPath } from '../../shared/fields.ts';
import type { Field } from '../../shared/fields/field.ts';
import type { NumberRange } from '../../shared/fields/ranges.ts';
import { nameSettings, valueAt, withValueAt } from '../../shared/setting-paths.ts';

/** The numbers of a run that the form edits. */

export interface FormField {
  /** The setting's path; of a dropout rate, a name of its own. */
  id: string;
  label: string;
  field: Field;
  range: NumberRange;
  /** It is a chance of leaving out, where the original program speaks of that of keeping. */
  isDropout: boolean;
  /** Null where the run has no such number. */
  numberIn(config: RunConfig): number | null;
  /** Unchecked: the number may be out of range. */
  withNumber(config: RunConfig, value: number): RunConfig;
}

const atPath = (path: NumberPath): FormField => ({
  id: path,
  label: fields[path].label,
  field: fields[path],
  range: fields[path].range,
  isDropout: false,
  numberIn(config) {
    const value = valueAt(config, path);
    return typeof value === 'number' ? value : null;
  },
  withNumber: (config, value) => withValueAt(config, path, value) as RunConfig,
});

const dropoutAt = (place: DropoutPlace, label: string): FormField => ({
  id: `dropout.${place}`,
  label,
  field: fields['network.layers.dropout.rate'],
  range: fields['network.layers.dropout.rate'].range,
  isDropout: true,
  numberIn: (config) => dropoutRateOf(config, place),
  withNumber: (config, value) => withDropoutRate(config, place, value),
});

/** As they are shown. */
export const formFields: readonly FormField[] = [
  atPath('training.epochs'),
  atPath('data.batchSize'),
  atPath('optimizer.learningRate'),
  atPath('training.seed'),
  dropoutAt('convolution', 'Conv. dropout'),
  dropoutAt('dense', 'Dense dropout'),
];

/** Other settings that the window lets a person choose. */
const chosenPaths: readonly FieldPath[] = [
  'training.precision',
  'data.dataset',
  'data.imageSize',
  'data.fit',
  'data.channels',
  'data.background',
  'data.damaged',
  'data.testShare',
  'data.splitSeed',
  'data.validationSize',
  'data.transpose',
  'data.invert',
];

/** What the window calls a setting that it has a field for; undefined: it has none. */
export const fieldLabel = (id: string): string | undefined =>
  formFields.find((each) => each.id === id)?.label ??
  chosenPaths.flatMap((path) => (path === id ? [fields[path].label] : [])).at(0);

/** A terminal’s option, with a value and the setting’s path behind it where they are told too. */
const OPTION =
  /--(?:no-)?([a-z][a-z-]*)(?: (?:[A-Z]+|[\da-z-]+)(?= \(data\.|\)))?( \(data\.\w+\))?/g;

/** What a terminal’s option sets, as the window calls it; undefined: the window has no such field. */
const optionLabel = (name: string): string | undefined =>
  fieldList
    .flatMap(([path, { option }]) => (option?.name === name ? [fieldLabel(path)] : []))
    .at(0);

/** A failure's text with the fields' labels in it, where a terminal’s option or a setting's path stands. */
export function nameFields(text: string): string {
  const named = text.replaceAll(OPTION, (all, name: string) => {
    const label = optionLabel(name);
    return label === undefined ? all : `“${label}”`;
  });
  return nameSettings(named, fieldLabel);
}
