import type { LayerConfig } from '../config.ts';

/** A network made of a pasted text. */
export interface ImportedNetwork {
  /** Null if the text has no name. */
  name: string | null;
  layers: LayerConfig[];
  /** One sentence for each thing that was assumed, left out or is different here. */
  notes: string[];
  /** The network's input, [height, width, channels]; null if the text does not say it. */
  input: readonly [number, number, number] | null;
}
