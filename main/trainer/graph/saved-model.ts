import type { GraphBuilder, NodeDef, Tensor } from './builder.ts';
import type { EntryPointName } from './entry-points/names.ts';
import { encodeSavedModel } from './proto.ts';

/** One entry point of a graph: what is fed and what is fetched, by name. */
export interface EntryPoint {
  inputs: Record<string, Tensor>;
  outputs: Record<string, Tensor>;
}

/** The entry points of a run's graph. */
export type EntryPoints = Partial<Record<EntryPointName, EntryPoint>>;

type NamedEntryPoints = Readonly<Record<string, EntryPoint>>;

/** The tag under which the graph is saved and loaded. */
export const TAG = 'train';

/** Graph format of TensorFlow 2.9, which later versions read as well. */
const PRODUCER = 1087;
const MIN_CONSUMER = 12;

/** TensorFlow's name of it: node and output. */
export const tensorName = ({ name }: Tensor): string => (name.includes(':') ? name : `${name}:0`);

const describeTensor = (tensor: Tensor): Record<string, unknown> => ({
  name: tensorName(tensor),
  dtype: tensor.type,
  tensorShape: { unknownRank: true },
});

const describeTensors = (tensors: Record<string, Tensor>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(tensors).map(([key, tensor]) => [key, describeTensor(tensor)]));

const nodeNameOf = (tensorOrControl: string): string => tensorOrControl.replace(/^\^|:\d+$/g, '');

/** The nodes that some entry point needs: a backward pass also writes gradients that nobody asks for. */
function neededNodes(g: GraphBuilder, entryPoints: NamedEntryPoints): NodeDef[] {
  const inputs = new Map(g.nodes.map(({ name, input }) => [name, input]));
  const needed = new Set<string>();
  const waiting = Object.values(entryPoints)
    .flatMap((point) => [...Object.values(point.inputs), ...Object.values(point.outputs)])
    .map(({ name }) => name);
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const name = nodeNameOf(next);
    if (needed.has(name)) continue;
    needed.add(name);
    waiting.push(...(inputs.get(name) ?? []));
  }
  return g.nodes.filter(({ name }) => needed.has(name));
}

/** The graph as bytes of a `saved_model.pb`, one signature an entry point; all of them share one session and its variables. */
export const savedModelBytes = (g: GraphBuilder, entryPoints: NamedEntryPoints): Uint8Array =>
  encodeSavedModel({
    savedModelSchemaVersion: 1,
    metaGraphs: [
      {
        metaInfoDef: { tags: [TAG] },
        graphDef: {
          node: neededNodes(g, entryPoints),
          versions: { producer: PRODUCER, minConsumer: MIN_CONSUMER },
        },
        signatureDef: Object.fromEntries(
          Object.entries(entryPoints).map(([name, { inputs, outputs }]) => [
            name,
            {
              inputs: describeTensors(inputs),
              outputs: describeTensors(outputs),
              methodName: name,
            },
          ]),
        ),
      },
    ],
  });

/** A graph as `GraphSession.load` takes it. */
export interface SerializedGraph<Name extends string> {
  /** Bytes of a saved_model.pb. */
  savedModel: Uint8Array;
  /** What it can be asked to run. */
  entryPoints: Readonly<Partial<Record<Name, EntryPoint>>>;
}

export const serializeGraph = <Name extends string>(
  g: GraphBuilder,
  entryPoints: Partial<Record<Name, EntryPoint>>,
): SerializedGraph<Name> => ({
  // An entry point that is left out has no key.
  savedModel: savedModelBytes(g, entryPoints as NamedEntryPoints),
  entryPoints,
});
