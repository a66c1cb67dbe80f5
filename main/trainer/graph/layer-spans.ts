import { elementCount, type NetworkShape } from '../../../shared/network-shape.ts';

/** Where a layer's numbers begin in the row of all layers' numbers, and how many they are. */
export interface Span {
  begin: number;
  size: number;
}

const spanOfLayer = (sizes: readonly number[], layer: number): Span => ({
  begin: sizes.slice(0, layer).reduce((a, b) => a + b, 0),
  size: sizes[layer] ?? 0,
});

const activationSizes = ({ layers }: NetworkShape): number[] =>
  layers.map(({ output }) => elementCount(output));

/** A map has one number for each place, H·W; a layer whose output is a row has none. */
const mapSizes = ({ layers }: NetworkShape): number[] =>
  layers.map(({ output }) => (output.length === 3 ? output[0] * output[1] : 0));

/** What the entry point `activations` is fed to answer a layer's output. */
export const activationSpan = (network: NetworkShape, layer: number): Span =>
  spanOfLayer(activationSizes(network), layer);

/** What the entry point `grad-cam` is fed to answer a layer's map. */
export const mapSpan = (network: NetworkShape, layer: number): Span =>
  spanOfLayer(mapSizes(network), layer);
