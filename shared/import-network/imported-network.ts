import type { LayerConfig } from '../config.ts';

/** A network as it was made of what somebody pasted. */
export interface ImportedNetwork {
  /** Null: it had none. */
  name: string | null;
  layers: LayerConfig[];
  /** What was assumed, left out or is another here: a sentence each. */
  notes: string[];
  /** What goes in, [height, width, channels]; null: it was not said. */
  input: readonly [number, number, number] | null;
}
