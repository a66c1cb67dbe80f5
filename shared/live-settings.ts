import type { RunConfig } from './config.ts';
import { dropRatesOf } from './dropout-rates.ts';
import { fieldAt, fields } from './fields.ts';
import type { Field } from './fields/field.ts';
import { isNumberRange, type NumberRange } from './fields/ranges.ts';
import { changesTraining, liveNumbers, type LiveChange } from './live-change.ts';
import { valueAt } from './setting-paths.ts';
import type { BranchEvent } from './trainer-events.ts';

/** The numbers of a run that may change while it trains, each by its path, and how a change of them is put. */

export interface LiveSetting {
  /** In the run's configuration: `network.layers.3.rate`. */
  path: string;
  label: string;
  field: Field;
  range: NumberRange;
  /** As it is in force; a learning rate with what plateaus made of it, before schedule and warm-up. */
  value: number;
}

export const RATE_PATH = 'optimizer.learningRate';

/** It is changed most. */
const rateFirst = [...liveNumbers].sort(
  (a, b) => Number(b.path === RATE_PATH) - Number(a.path === RATE_PATH),
);

/** Without the last bits that a product has too much: 0.1 · 0.7 is 0.07. */
const withoutRest = (value: number): number => Number(value.toPrecision(12));

/**
 * Those that a run has: its rate, the others in the table's order, then its dropouts from the first to the last.
 * @param rateFactor by what plateaus have lowered the rate
 */
export function liveSettingsOf(config: RunConfig, rateFactor = 1): LiveSetting[] {
  const ofRun = rateFirst.flatMap(({ path }): LiveSetting[] => {
    const field = fieldAt(path);
    const value = valueAt(config, path);
    if (!field || !isNumberRange(field.range) || typeof value !== 'number') return [];
    const isLowered = path === RATE_PATH && rateFactor !== 1;
    const inForce = isLowered ? withoutRest(value * rateFactor) : value;
    return [{ path, label: field.label, field, range: field.range, value: inForce }];
  });
  const field = fields['network.layers.dropout.rate'];
  const dropouts = config.network.layers.flatMap((layer, k) =>
    layer.type === 'dropout' ? [{ path: `network.layers.${k}.rate`, value: layer.rate }] : [],
  );
  return [
    ...ofRun,
    ...dropouts.map(({ path, value }, k) => ({
      path,
      label: dropouts.length === 1 ? 'Dropout' : `Dropout ${k + 1}`,
      field,
      range: field.range,
      value,
    })),
  ];
}

/**
 * The change that puts another value at a path.
 * @param config the run's, whose other dropouts stay
 * @returns null where there is no live number at the path
 */
export function liveChangeAt(config: RunConfig, path: string, value: number): LiveChange | null {
  const number = liveNumbers.find((each) => each.path === path);
  if (number) return { [number.name]: value };
  const places = config.network.layers.flatMap(({ type }, k) =>
    type === 'dropout' ? [`network.layers.${k}.rate`] : [],
  );
  if (!places.includes(path)) return null;
  return {
    dropRates: dropRatesOf(config).map((rate, k) => (places[k] === path ? value : rate)),
  };
}

/** Whether two changes ask for the same numbers. */
export const isSameChange = (a: LiveChange, b: LiveChange): boolean =>
  JSON.stringify(Object.entries(a).sort()) === JSON.stringify(Object.entries(b).sort());

/**
 * The change that takes back the last one that still counts: changes that were taken back already are passed over.
 * @param events of the run, oldest first
 * @returns null where there is none, or an earlier version recorded it
 */
export function lastChangeBack(events: readonly BranchEvent[]): LiveChange | null {
  const counting: { change: LiveChange; before: LiveChange }[] = [];
  for (const { event } of events) {
    // What is only measured is switched where it is shown.
    if (event.type !== 'changed' || !changesTraining(event.change)) continue;
    const { change, before } = event;
    const last = counting.at(-1);
    if (before === undefined) counting.length = 0;
    else if (last && isSameChange(change, last.before) && isSameChange(before, last.change))
      counting.pop();
    else counting.push({ change, before });
  }
  return counting.at(-1)?.before ?? null;
}
