import { firstFew } from '../../../shared/format.ts';
import type { BundleEntry } from '../checkpoint/bundle/proto.ts';
import { FLOAT32, INT64, typeName } from '../checkpoint/bundle/read.ts';
import type { CompiledGraph } from '../graph/compiled-graph.ts';

/** The differences between a checkpoint's variables and a network's, as text for a person. */

type Described = CompiledGraph['variables'][number];
type Saved = ReadonlyMap<string, BundleEntry>;

const shapeText = (shape: readonly number[]): string => `[${shape.join(', ')}]`;

/** The step counter is a network's only variable that is not float32. */
const isKnownType = ({ dtype }: BundleEntry): boolean => dtype === FLOAT32 || dtype === INT64;

/** Few enough to read. */
const MOST_CANDIDATES = 3;
const MOST_LISTED = 12;

/** One phrase for each variable in which a checkpoint and a network differ, the network's variables first. */
export const variableDifferences = (saved: Saved, variables: readonly Described[]): string[] => [
  ...differencesOfNetwork(saved, variables),
  ...[...onlyIn(saved, variables)].map(
    ([name, { shape }]) => `${name} ${shapeText(shape)} is only in the checkpoint`,
  ),
];

/** What a checkpoint has and the network does not. */
function onlyIn(saved: Saved, variables: readonly Described[]): Saved {
  const names = new Set(variables.map(({ name }) => name));
  return new Map([...saved].filter(([name]) => !names.has(name)));
}

/** As `variableDifferences`, of the network's variables. */
export function differencesOfNetwork(saved: Saved, variables: readonly Described[]): string[] {
  const onlySaved = onlyIn(saved, variables);
  return variables.flatMap(({ name, shape }) => {
    const entry = saved.get(name);
    if (!entry) {
      const alike = namesOfShape(onlySaved, shape);
      const hint = alike.length > 0 ? `, of whose shape the checkpoint has ${alike}` : '';
      return [`${name} ${shapeText(shape)} is only in the network${hint}`];
    }
    if (entry.shape.join() !== shape.join())
      return [
        `${name} is ${shapeText(entry.shape)} in the checkpoint, ${shapeText(shape)} in the network`,
      ];
    if (entry.isSliced) return [`${name} is kept in slices in the checkpoint`];
    return isKnownType(entry) ? [] : [`${name} is ${typeName(entry.dtype)} in the checkpoint`];
  });
}

function namesOfShape(saved: Saved, shape: readonly number[]): string {
  const names = [...saved]
    .filter(([, entry]) => entry.dtype === FLOAT32 && entry.shape.join() === shape.join())
    .map(([name]) => name);
  const more = names.length > MOST_CANDIDATES ? ' …' : '';
  return `${names.slice(0, MOST_CANDIDATES).join(' or ')}${more}`;
}

/**
 * The weights of both sides with their shapes, and those that would match if they had the same names.
 * @param weights of the network
 */
export function describeBothSides(saved: Saved, weights: readonly Described[]): string {
  const theirs = new Map([...saved].filter(([name, entry]) => isWeight(saved, name, entry)));
  const pairs = weights.flatMap(({ name, shape }) => {
    const alike = namesOfShape(theirs, shape);
    return alike === '' ? [] : [`${name} and ${alike}`];
  });
  const list = (all: readonly Described[]): string =>
    namesText(all.map(({ name, shape }) => `${name} ${shapeText(shape)}`));
  return [
    `In the network: ${list(weights)}.`,
    `In the checkpoint: ${list([...theirs].map(([name, { shape }]) => ({ name, shape })))}.`,
    pairs.length === 0
      ? 'No shape is the same on both sides.'
      : `By their shapes these would match, if they had the same names: ${namesText(pairs)}.`,
  ].join(' ');
}

const namesText = (texts: readonly string[]): string =>
  texts.length === 0 ? 'none' : firstFew(texts, MOST_LISTED);

/**
 * Whether a variable is a weight and not an optimizer slot. TensorFlow 1 names a slot after its weight; later versions mark slots by name.
 */
function isWeight(saved: Saved, name: string, { dtype, shape }: BundleEntry): boolean {
  if (dtype !== FLOAT32 || shape.length === 0) return false;
  if (/^optimizer\/|\.OPTIMIZER_SLOT\//.test(name)) return false;
  const owner = saved.get(name.slice(0, name.lastIndexOf('/')));
  return owner?.shape.join() !== shape.join();
}
