import type { RunConfig } from './config.ts';
import type { ImageShape } from './network-shape.ts';
import { presets } from './presets.ts';

/** A run to start from, as a person chooses it. */
export interface PresetChoice {
  title: string;
  config: RunConfig;
}

/**
 * The presets of this app, made for the images that a run learns from: it keeps its data, and takes the preset's batch and augmentation.
 * @param image null: it is not known, and they are made for MNIST's
 */
export const builtInChoices = (present: RunConfig, image: ImageShape | null): PresetChoice[] =>
  Object.values(presets).map((make) => {
    const preset = image ? make(image) : make();
    const { batchSize, augmentation } = preset.data;
    const config = { ...preset, data: { ...present.data, batchSize, augmentation } };
    return { title: preset.network.name, config };
  });
