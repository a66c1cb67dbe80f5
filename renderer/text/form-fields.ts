import { dropoutRateOf, withDropoutRate, type DropoutPlace } from '../../shared/dropout-rates.ts';
import type { RunConfig } from '../../shared/config.ts';
import { fields, type NumberPath } from '../../shared/fields.ts';
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

const precision = { id: 'training.precision', label: fields['training.precision'].label };

/** What the window calls a setting that the form has; undefined: it has no such field. */
export const fieldLabel = (id: string): string | undefined =>
  [...formFields, precision].find((each) => each.id === id)?.label;

/** A failure's text with the fields' labels in it. */
export const nameFields = (text: string): string => nameSettings(text, fieldLabel);
