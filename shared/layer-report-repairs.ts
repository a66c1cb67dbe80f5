import * as v from 'valibot';
import { runConfigSchema, type LayerConfig } from './config.ts';
import { layerTitles } from './layer-names.ts';
import { misfitOfNetwork, walkLayers, type LayerShape } from './network-shape.ts';

/** Makes layer lists that repair an impossible one. Only lists that do are offered: each is computed and checked. */

/** A whole new list, with its description. */
export interface Repair {
  /** What it does, and the result: Same → 14×14. */
  label: string;
  layers: LayerConfig[];
}

/** An impossible layer or network. */
export interface LayerProblem {
  /** What is impossible, as one sentence. */
  what: string;
  /** Best first; there may be none. */
  repairs: Repair[];
}

/** The input of a network, and the number of scores that must come out. */
export interface NetworkEnds {
  /** [height, width, channels] */
  input: readonly [number, number, number];
  classes: number;
}

/** A list that may be a repair. */
export interface RepairIdea {
  /** @param size of the output of the layer `shown` */
  label: (size: string) => string;
  layers: LayerConfig[];
  /** Number, in the new list, of the layer that must fit, together with all before it. */
  at: number;
  /** Number of the layer whose size is in the label; `at` if left out. */
  shown?: number;
}

const MOST_REPAIRS = 4;
const layersSchema = runConfigSchema.entries.network.entries.layers;

/** What is still impossible after a repair, the least first. */
const remainders = ['nothing', 'the end', 'a later layer'] as const;
type Remainder = (typeof remainders)[number];

const sizeOf = (shape: LayerShape | undefined): string => shape?.output.slice(0, 2).join('×') ?? '';

function judge(
  { label, layers, at, shown = at }: RepairIdea,
  { input, classes }: NetworkEnds,
): { repair: Repair; remainder: Remainder } | null {
  if (!v.is(layersSchema, layers)) return null;
  const { shapes, misfit } = walkLayers(layers, input);
  if (shapes.length <= at) return null;
  const atTheEnd = misfitOfNetwork(shapes, input, classes) ? 'the end' : 'nothing';
  return {
    repair: { label: label(sizeOf(shapes[shown])), layers },
    remainder: misfit ? 'a later layer' : atTheEnd,
  };
}

/**
 * The best repairs, those first that leave the least impossible.
 * @param ideas in groups; of each group, the first idea that solves the problem is used
 * @param most what may still be impossible
 */
export function chooseRepairs(
  ideas: readonly (readonly RepairIdea[])[],
  ends: NetworkEnds,
  most: Remainder,
): Repair[] {
  const rank = (remainder: Remainder): number => remainders.indexOf(remainder);
  const found = ideas.flatMap((group) => {
    for (const idea of group) {
      const judged = judge(idea, ends);
      if (judged && rank(judged.remainder) <= rank(most)) return [judged];
    }
    return [];
  });
  return found
    .toSorted((a, b) => rank(a.remainder) - rank(b.remainder))
    .slice(0, MOST_REPAIRS)
    .map(({ repair }) => repair);
}

/** A layer's title, without its number if it is the only layer of its type. */
export function nameInList(layers: readonly LayerConfig[], index: number): string {
  const title = layerTitles(layers)[index] ?? '';
  const ofItsType = layers.filter(({ type }) => type === layers[index]?.type);
  return ofItsType.length > 1 ? title : title.replace(/ \d+$/, '');
}
