import type { LayerConfig } from './config.ts';

/** Each layer's name by type and number, as in its variables' names: convolution_1, pooling_1, convolution_2, … */
export function layerNames(layers: readonly LayerConfig[]): string[] {
  const counts = new Map<string, number>();
  return layers.map(({ type }) => {
    const number = (counts.get(type) ?? 0) + 1;
    counts.set(type, number);
    return `${type.replaceAll('-', '_')}_${number}`;
  });
}

/** The layers' names for a person: Convolution 1. */
export const layerTitles = (layers: readonly LayerConfig[]): string[] =>
  layerNames(layers).map((name) => {
    const words = name.replaceAll('_', ' ');
    return words.slice(0, 1).toUpperCase() + words.slice(1);
  });
