import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  augmentationSettings,
  dataSettings,
  layerSettingPaths,
  trainingSections,
} from '../../../../renderer/text/setting-sections.ts';
import type { RunConfig } from '../../../../shared/config.ts';
import { readingPaths } from '../../../../shared/run-differences.ts';
import { anyConfig } from '../../../support/random-config.ts';
import { settingPaths } from '../../../support/setting-paths.ts';

/** Of which the column and the views of the data have fields of their own. */
const elsewhere = ['network.name', 'data.dataset', ...readingPaths];

/** All settings that Set up has a field for. */
function placesOf(config: RunConfig): string[] {
  const ofLayers = config.network.layers.map((_, index) => layerSettingPaths(config, index));
  const varied = augmentationSettings(config.data.augmentation);
  return [
    ...elsewhere,
    ...dataSettings,
    ...[...trainingSections(config), varied, ...ofLayers].flatMap(({ first, more }) => [
      ...first,
      ...more,
    ]),
  ];
}

it('every setting of any run stands in Set up, once', () => {
  fc.assert(
    fc.property(anyConfig('mnist'), (config) => {
      const places = placesOf(config);
      expect(new Set(places).size).toBe(places.length);
      for (const path of settingPaths(config)) {
        expect(places, path).toContain(path.replace(/\.(top|bottom|left|right)$/, ''));
      }
    }),
    { numRuns: 200 },
  );
});
