import { DType, type Tensor } from './builder.ts';
import { encodeSavedModel } from './proto.ts';
import type { GraphBuilder } from './builder.ts';

/** One way into the graph: what is fed and what is fetched, by name. */
export interface EntryPoint {
  inputs: Record<string, Tensor>;
  outputs: Record<string, Tensor>;
}

/** The tag under which the graph is saved and loaded. */
export const TAG = 'train';

/** Graph format of TensorFlow 2.9, which later versions read as well. */
const PRODUCER = 1087;
const MIN_CONSUMER = 12;

const tensorInfo = ({ name, type }: Tensor): Record<string, unknown> => ({
  name: name.includes(':') ? name : `${name}:0`,
  dtype: type === DType.resource ? DType.int32 : type,
  tensorShape: { unknownRank: true },
});

const infos = (tensors: Record<string, Tensor>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(tensors).map(([key, tensor]) => [key, tensorInfo(tensor)]));

/** The graph as bytes of a `saved_model.pb`, one signature an entry point; all of them share one session and its variables. */
export function savedModel(g: GraphBuilder, entryPoints: Record<string, EntryPoint>): Uint8Array {
  return encodeSavedModel({
    savedModelSchemaVersion: 1,
    metaGraphs: [
      {
        metaInfoDef: { tags: [TAG] },
        graphDef: { node: g.nodes, versions: { producer: PRODUCER, minConsumer: MIN_CONSUMER } },
        signatureDef: Object.fromEntries(
          Object.entries(entryPoints).map(([name, { inputs, outputs }]) => [
            name,
            { inputs: infos(inputs), outputs: infos(outputs), methodName: name },
          ]),
        ),
      },
    ],
  });
}
