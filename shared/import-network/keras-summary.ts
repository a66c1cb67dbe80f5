import type { LayerConfig } from '../config.ts';
import { fields } from '../fields.ts';
import { formatCount } from '../format.ts';
import { FailureError } from '../ipc.ts';
import { shown } from '../shown.ts';
import type { ImportedNetwork } from './imported-network.ts';
import { layersOfSteps, type Step } from './keras-steps.ts';
import { activationOfLayer, isDropout, isLeftOut, noteOnKind, usualKind } from './keras-words.ts';
import { readSummaryTable, SUMMARY, type SummaryRow, type SummaryTable } from './summary-table.ts';
import { kernelsFor, poolingFor, type KernelFit } from './summary-windows.ts';

/**
 * Makes a network of the table that `model.summary()` prints. What the table does not say is inferred from shapes and numbers of
 * parameters, or assumed and noted.
 */

type Image = readonly [number, number, number];
const isImage = (shape: readonly number[] | null): shape is Image => shape?.length === 3;

/** Usual inputs, if the table does not say the input. */
const usualInputs: readonly Image[] = [
  [28, 28, 1],
  [32, 32, 3],
  [32, 32, 1],
  [28, 28, 3],
  ...[48, 64, 96, 128, 150, 160, 180, 192, 224, 227, 256, 299].flatMap((side): Image[] => [
    [side, side, 3],
    [side, side, 1],
  ]),
];

/**
 * @param present input of the network in the form, for a table that does not say its input
 * @throws FailureError if the text has no table, the model was not built, or this app has no such network
 */
export function networkOfSummary(text: string, present: Image | null = null): ImportedNetwork {
  const table = readSummaryTable(text);
  const { name, rows } = table;
  const notes = notesOnLostRows(table);
  const unbuilt = rows.find(({ shape }) => shape === null);
  if (unbuilt)
    throw new FailureError({
      what: `The shape of ${shown(unbuilt.name)} is not in the table: the model was not built, or has several outputs.`,
      where: `${SUMMARY}, line ${unbuilt.line}`,
      remedy:
        'Call model.build((None, height, width, channels)) before model.summary(), or paste model.to_json().',
    });
  const input = inputOf(rows, present, notes);
  let before: readonly number[] | null = input;
  const steps = rows.flatMap((row, index) => {
    const made = stepsOfRow(row, before, rows[index - 1] ?? null, notes);
    before = row.shape;
    return made;
  });
  const { layers, notes: more } = layersOfSteps(steps, SUMMARY);
  return { name, layers, input, notes: [...new Set([...notes, ...more])] };
}

function notesOnLostRows({ rows, parameters }: SummaryTable): string[] {
  const sum = rows.reduce((total, row) => total + row.parameters, 0);
  if (parameters === null || parameters === sum) return [];
  return [
    `The rows have ${formatCount(sum)} parameters, but the table’s total is ${formatCount(parameters)}: a row may be missing.`,
  ];
}

/** The input: from the table's own row, or one that fits the first convolution; null if it cannot be told. */
function inputOf(
  rows: readonly SummaryRow[],
  present: Image | null,
  notes: string[],
): Image | null {
  const told = rows.find(({ kind }) => kind === 'InputLayer')?.shape ?? null;
  if (isImage(told)) return told;
  const first = rows.find(({ kind }) => !isLeftOut(kind));
  if (!first || usualKind(first.kind) !== 'Conv2D' || !isImage(first.shape)) return present;
  const to = first.shape;
  const sameSize = [1, 3].map((channels): Image => [to[0], to[1], channels]);
  const possible = [...(present ? [present] : []), ...usualInputs, ...sameSize];
  const isLikely = ({ size, stride }: KernelFit): boolean =>
    size[0] === size[1] && stride[0] === stride[1] && stride[0] <= 4;
  const found = possible.find((from) => {
    const [fit] = kernelsFor({ from, to, parameters: first.parameters });
    return fit !== undefined && isLikely(fit);
  });
  if (!found) return null;
  notes.push(
    `What goes in is not in the table: images of ${found.join('×')} are assumed, which fit.`,
  );
  return found;
}

function stepsOfRow(
  row: SummaryRow,
  from: readonly number[] | null,
  above: SummaryRow | null,
  notes: string[],
): Step[] {
  const place = `line ${row.line}, ${row.name} (${row.kind})`;
  const problem = (what: string): Step[] => [{ type: 'problem', place, what }];
  const kind = usualKind(row.kind);
  const [source] = row.from;
  const branches: Step[] =
    row.from.length > 1 || (source !== undefined && above !== null && !isNameOf(above, source))
      ? problem('its input is not the one layer before it')
      : [];
  const note = noteOnKind(kind);
  if (note !== null) notes.push(note);
  if (isLeftOut(kind)) return branches;
  const activation = kind === 'Activation' ? null : activationOfLayer(kind);
  if (activation !== undefined) return [...branches, { type: 'activation', place, activation }];
  if (kind === 'ZeroPadding2D') return [...branches, zerosStep(row, from, place, notes)];
  const layer = layerOfRow(kind, row, from, notes);
  // If the layer has another input, nothing can be said about its window.
  if (typeof layer === 'string' && (branches.length === 0 || kind !== 'Conv2D'))
    return [...branches, ...problem(layer)];
  if (typeof layer === 'string') return branches;
  const isAssumed = layer.type === 'convolution' || layer.type === 'dense';
  return [...branches, { type: 'layer', place, layer, isAssumed }];
}

/** Compares names that tables may have cut off. */
const isNameOf = ({ name }: SummaryRow, printed: string): boolean =>
  name === printed || name.startsWith(printed) || printed.startsWith(name);

/** @returns a text if it cannot be done, with the reason */
function layerOfRow(
  kind: string,
  { shape, parameters }: SummaryRow,
  from: readonly number[] | null,
  notes: string[],
): LayerConfig | string {
  if (isDropout(kind)) {
    const rate = 0.5;
    notes.push(`How much a dropout leaves out is not in the table: ${rate} is assumed.`);
    return { type: 'dropout', rate };
  }
  switch (kind) {
    case 'Conv2D':
      return isImage(shape)
        ? convolution(from, shape, parameters, notes)
        : 'its output is no image';
    case 'MaxPooling2D':
    case 'AveragePooling2D': {
      const window =
        isImage(from) && isImage(shape)
          ? poolingFor([from[0], from[1]], [shape[0], shape[1]])
          : null;
      if (!window) return 'no window makes its output of its input';
      notes.push('The windows of poolings are not in the table: the least that fit are assumed.');
      return { type: 'pooling', kind: kind === 'MaxPooling2D' ? 'max' : 'average', ...window };
    }
    case 'BatchNormalization':
      return {
        type: 'batch-normalization',
        momentum: fields['network.layers.batch-normalization.momentum'].default,
        epsilon: fields['network.layers.batch-normalization.epsilon'].default,
        activation: 'none',
      };
    case 'Flatten':
      return { type: 'flatten' };
    case 'GlobalAveragePooling2D':
      return { type: 'global-average-pooling' };
    case 'Dense': {
      const units = shape?.at(-1) ?? 0;
      const bias = from?.length === 1 ? parameters === ((from[0] ?? 0) + 1) * units : true;
      return { type: 'dense', units, bias, activation: 'relu', start: { type: 'glorot' } };
    }
    default:
      return `there is no layer like ${shown(kind)} here`;
  }
}

function convolution(
  from: readonly number[] | null,
  to: Image,
  parameters: number,
  notes: string[],
): LayerConfig | string {
  if (!isImage(from)) return 'the size of its input is not in the table';
  const [fit, ...others] = kernelsFor({ from, to, parameters });
  if (!fit)
    return `no window of ${formatCount(parameters)} parameters makes ${to.join('×')} of ${from.join('×')}`;
  const { size, stride, padding, bias } = fit;
  const other = others.find((each) => each.size[0] !== size[0] || each.size[1] !== size[1]);
  if (size[0] !== size[1] && other)
    notes.push(`Windows of ${size.join('×')} are assumed; ${other.size.join('×')} would fit, too.`);
  return {
    ...{ type: 'convolution', filters: to[2], kernel: size, stride, padding, bias },
    ...{ activation: 'relu', start: { type: 'glorot' } },
  };
}

/** Half of the growth of the image on each side; if it is odd, one more at the bottom or at the right, as in TensorFlow. */
function zerosStep(
  row: SummaryRow,
  from: readonly number[] | null,
  place: string,
  notes: string[],
): Step {
  const { shape } = row;
  if (!isImage(from) || !isImage(shape))
    return { type: 'problem', place, what: 'the size of its input is not in the table' };
  const [down, right] = [shape[0] - from[0], shape[1] - from[1]];
  notes.push('On which side zeros are is not in the table: the same number on both is assumed.');
  return {
    ...{ type: 'zeros', place },
    sides: {
      ...{ top: Math.floor(down / 2), bottom: Math.ceil(down / 2) },
      ...{ left: Math.floor(right / 2), right: Math.ceil(right / 2) },
    },
  };
}
