import type { RunConfig } from './config.ts';
import type { ImageShape } from './network-shape.ts';
import { presets } from './presets.ts';

/** A run to start from, for a person's choice. */
export interface PresetChoice {
  title: string;
  config: RunConfig;
}

/**
 * The presets of this app, made for the images of the present run. The run keeps its data, and takes the preset's batch size and
 * augmentation.
 * @param image null if it is not known; the presets are then made for MNIST's images
 */
export const builtInChoices = (present: RunConfig, image: ImageShape | null): PresetChoice[] =>
  Object.values(presets).map((make) => {
    const preset = image ? make(image) : make();
    const { batchSize, augmentation } = preset.data;
    const config = { ...preset, data: { ...present.data, batchSize, augmentation } };
    return { title: preset.network.name, config };
  });
