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

/** By type as it stands in variables' names. */
const titleOfType = new Map<string, (number: string) => string>([
  ['convolution', (number) => `Convolution ${number}`],
  ['pooling', (number) => `Pooling ${number}`],
  ['batch_normalization', (number) => `Batch normalization ${number}`],
  ['dropout', (number) => `Dropout ${number}`],
  ['flatten', (number) => `Flatten ${number}`],
  ['global_average_pooling', (number) => `Global average pooling ${number}`],
  ['dense', (number) => `Dense ${number}`],
]);

/** A layer's name for a person: Convolution 1, of convolution_1. A name that is none of ours stays as it is. */
export function layerTitle(name: string): string {
  const [, type = '', number = ''] = /^(.+)_(\d+)$/.exec(name) ?? [];
  return titleOfType.get(type)?.(number) ?? name;
}

export const layerTitles = (layers: readonly LayerConfig[]): string[] =>
  layerNames(layers).map(layerTitle);
