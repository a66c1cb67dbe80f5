import { type GraphBuilder, type NodeDef, type Tensor } from './builder.ts';
import { encodeSavedModel } from './proto.ts';

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
  dtype: type,
  tensorShape: { unknownRank: true },
});

const infos = (tensors: Record<string, Tensor>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(tensors).map(([key, tensor]) => [key, tensorInfo(tensor)]));

const nodeOf = (tensorOrControl: string): string => tensorOrControl.replace(/^\^|:\d+$/g, '');

/** The nodes that some entry point needs: a backward pass also writes gradients that nobody asks for. */
function neededNodes(g: GraphBuilder, entryPoints: Record<string, EntryPoint>): NodeDef[] {
  const inputs = new Map(g.nodes.map(({ name, input }) => [name, input]));
  const needed = new Set<string>();
  const waiting = Object.values(entryPoints)
    .flatMap((point) => [...Object.values(point.inputs), ...Object.values(point.outputs)])
    .map(({ name }) => name);
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const name = nodeOf(next);
    if (needed.has(name)) continue;
    needed.add(name);
    waiting.push(...(inputs.get(name) ?? []));
  }
  return g.nodes.filter(({ name }) => needed.has(name));
}

const encode = (node: readonly NodeDef[], entryPoints: Record<string, EntryPoint>): Uint8Array =>
  encodeSavedModel({
    savedModelSchemaVersion: 1,
    metaGraphs: [
      {
        metaInfoDef: { tags: [TAG] },
        graphDef: { node, versions: { producer: PRODUCER, minConsumer: MIN_CONSUMER } },
        signatureDef: Object.fromEntries(
          Object.entries(entryPoints).map(([name, { inputs, outputs }]) => [
            name,
            { inputs: infos(inputs), outputs: infos(outputs), methodName: name },
          ]),
        ),
      },
    ],
  });

/** The graph as bytes of a `saved_model.pb`, one signature an entry point; all of them share one session and its variables. */
export const savedModel = (g: GraphBuilder, entryPoints: Record<string, EntryPoint>): Uint8Array =>
  encode(neededNodes(g, entryPoints), entryPoints);

/** The same signatures without the graph, to be read in its place once there is a session. */
export const signatures = (entryPoints: Record<string, EntryPoint>): Uint8Array =>
  encode([], entryPoints);
