import type { LayerConfig } from './config.ts';
import { layerTitles } from './layer-names.ts';
import {
  chooseRepairs,
  nameInList,
  type LayerProblem,
  type NetworkEnds,
  type RepairIdea,
} from './layer-report-repairs.ts';
import { misfitWords, type LayerMisfit } from './misfits.ts';
import type { LayerShape } from './network-shape.ts';
import { isSlidingLayer, slideOver, windowOf, windowWord, type SlidingLayer } from './sliding.ts';

/** Describes a layer that does not fit, with repairs. */

/** A layer list with one layer that does not fit. */
interface Misplaced extends NetworkEnds {
  layers: readonly LayerConfig[];
  index: number;
  /** Shapes of the layers before it. */
  shapes: readonly LayerShape[];
}

export function describeMisfit(misfit: LayerMisfit, place: Misplaced): LayerProblem {
  const { layers, index } = place;
  const title = layerTitles(layers)[index] ?? '';
  return {
    what: `${title} does not fit: ${misfitWords(misfit).what}.`,
    repairs: chooseRepairs([...ideasFor(misfit, place), [removal(place)]], place, 'a later layer'),
  };
}

function ideasFor(misfit: LayerMisfit, place: Misplaced): RepairIdea[][] {
  const layer = place.layers[place.index];
  switch (misfit.kind) {
    case 'window-too-large':
    case 'only-padding':
      return layer && isSlidingLayer(layer) ? windowIdeas(layer, place) : [];
    case 'needs-image':
      return imageIdeas(place);
    case 'needs-row':
      return rowIdeas(place);
  }
}

const removal = ({ layers, index }: Misplaced): RepairIdea => ({
  label: () => 'Remove it',
  layers: layers.toSpliced(index, 1),
  at: index - 1,
});

function windowIdeas(layer: SlidingLayer, place: Misplaced): RepairIdea[][] {
  const { layers, index } = place;
  const instead = (told: string, other: LayerConfig): RepairIdea => ({
    label: (size) => `${told} → ${size}`,
    layers: layers.with(index, other),
    at: index,
  });
  const word = windowWord(layer) === 'kernel' ? 'Kernel' : 'Window';
  return [
    [instead('Stride 1', { ...layer, stride: [1, 1] })],
    [instead('Same', { ...layer, padding: 'same' })],
    [instead('No padding', { ...layer, padding: 'valid' })],
    smallerWindows(layer, place).map((size) =>
      instead(
        `${word} ${size.join('×')}`,
        layer.type === 'convolution' ? { ...layer, kernel: size } : { ...layer, size },
      ),
    ),
    earlierIdeas(place),
  ];
}

/** The largest windows that fit, square if the present one is; for a kernel first an odd one, which has a middle. */
function smallerWindows(
  layer: SlidingLayer,
  { shapes, input, index }: Misplaced,
): [number, number][] {
  const image = shapes[index - 1]?.output ?? input;
  if (image.length !== 3) return [];
  const window = windowOf(layer);
  const [rows, columns] = slideOver(layer, image).map((slide) =>
    Math.min(slide.window, slide.input + slide.pads[0] + slide.pads[1]),
  ) as [number, number];
  const least = Math.min(rows, columns);
  const fitting: [number, number] = window[0] === window[1] ? [least, least] : [rows, columns];
  if (layer.type === 'pooling') return [fitting];
  const oddOf = (size: number, now: number): number =>
    size < now && size % 2 === 0 ? size - 1 : size;
  return [[oddOf(fitting[0], window[0]), oddOf(fitting[1], window[1])], fitting];
}

/** Changes of earlier layers that leave a larger image for this one, the nearest layer first. */
const earlierIdeas = ({ layers, index }: Misplaced): RepairIdea[] =>
  layers
    .slice(0, index)
    .flatMap((layer, k): RepairIdea[] => {
      if (!isSlidingLayer(layer)) return [];
      const name = nameInList(layers, k);
      if (layer.type === 'pooling')
        return [
          {
            label: (size) => `Remove ${name} → ${size}`,
            layers: layers.toSpliced(k, 1),
            at: index - 1,
          },
        ];
      const isStrided = layer.stride.some((step) => step > 1);
      const larger: LayerConfig = isStrided
        ? { ...layer, stride: [1, 1] }
        : { ...layer, padding: 'same' };
      return [
        {
          label: (size) => `${isStrided ? 'Stride 1' : 'Same'} in ${name} → ${size}`,
          layers: layers.with(k, larger),
          at: index,
        },
      ];
    })
    .toReversed();

const makesRows = ({ type }: LayerConfig): boolean =>
  type === 'flatten' || type === 'global-average-pooling';

const movedTo = ({ layers, index }: Misplaced, to: number): LayerConfig[] =>
  layers.toSpliced(index, 1).toSpliced(to, 0, ...layers.slice(index, index + 1));

/** For a layer whose input is a row although it needs an image. */
function imageIdeas(place: Misplaced): RepairIdea[][] {
  const { layers, index } = place;
  const flattening = layers.findIndex(makesRows);
  const name = nameInList(layers, flattening);
  return [
    [{ label: () => `Move before ${name}`, layers: movedTo(place, flattening), at: index }],
    [
      {
        label: (size) => `Remove ${name} → ${size}`,
        layers: layers.toSpliced(flattening, 1),
        at: index - 1,
      },
    ],
  ];
}

/** For a layer whose input is an image although it needs a row. */
function rowIdeas(place: Misplaced): RepairIdea[][] {
  const { layers, index } = place;
  const before = (name: string, type: 'flatten' | 'global-average-pooling'): RepairIdea => ({
    label: (size) => `${name} before it → ${size}`,
    layers: layers.toSpliced(index, 0, { type }),
    at: index + 1,
    shown: index,
  });
  const later = layers.findIndex((layer, k) => k > index && makesRows(layer));
  return [
    [before('Flatten', 'flatten')],
    [before('Global average pooling', 'global-average-pooling')],
    later < 0
      ? []
      : [
          {
            label: () => `Move after ${nameInList(layers, later)}`,
            layers: movedTo(place, later),
            at: later,
          },
        ],
  ];
}
