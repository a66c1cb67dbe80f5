import { elementCount } from '../../../shared/network-shape.ts';
import type { AnswerTo } from '../../../shared/questions.ts';
import { shadesOf } from '../../../shared/shades.ts';
import { rangeOf } from '../../../shared/value-range.ts';

type AllActivations = AnswerTo<'all-activations'>;

/** The same answer with its maps in shades; rows of units stay as they are. */
export function inShades(answer: AllActivations): AllActivations {
  const rows: Float32Array[] = [];
  const maps: Int8Array[] = [];
  let from = 0;
  const layers = answer.layers.map((layer) => {
    const values = answer.outputs.subarray(from, from + elementCount(layer.shape));
    from += values.length;
    if (layer.shape.length === 1) {
      rows.push(values);
      return layer;
    }
    const shaded = rangeOf(values);
    maps.push(shadesOf(values, shaded));
    return { ...layer, shaded };
  });
  const outputs = new Float32Array(lengthOf(rows));
  const shades = new Int8Array(lengthOf(maps));
  putOneAfterTheOther(outputs, rows);
  putOneAfterTheOther(shades, maps);
  return { ...answer, layers, outputs, shades };
}

const lengthOf = (parts: readonly { length: number }[]): number =>
  parts.reduce((sum, { length }) => sum + length, 0);

function putOneAfterTheOther<Part extends { length: number }>(
  all: { set(part: Part, from: number): void },
  parts: readonly Part[],
): void {
  let from = 0;
  for (const part of parts) {
    all.set(part, from);
    from += part.length;
  }
}
