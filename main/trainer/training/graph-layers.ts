import { layerNames } from '../../../shared/layer-names.ts';
import type { CompiledGraph } from '../graph/compiled-graph.ts';

/** Names of the layers, in the order of the network. */
export const layerNamesOf = ({ network }: CompiledGraph): string[] =>
  layerNames(network.layers.map(({ layer }) => layer));
