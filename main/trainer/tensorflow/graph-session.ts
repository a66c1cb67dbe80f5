import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withTemporaryFolder } from '../files/temporary-folder.ts';
import { tensorName, TAG, type EntryPoint, type SerializedGraph } from '../graph/saved-model.ts';
import { graphBackend, type NamedValues } from './tensorflow.ts';

/** TensorFlow's names of what is fed and fetched, by ours. */
interface Signature {
  inputs: readonly (readonly [string, { name: string }])[];
  outputs: readonly (readonly [string, string])[];
}

/**
 * A graph in TensorFlow, which runs its entry points; they share its variables. Unlike with tfjs-node's own `loadSavedModel`, nothing is
 * read back of the graph to learn its signatures, which takes three times as long as TensorFlow itself does.
 */
export class GraphSession {
  readonly #id: number;
  readonly #signatures: Map<string, Signature>;

  private constructor(id: number, entryPoints: SerializedGraph<string>['entryPoints']) {
    this.#id = id;
    this.#signatures = new Map(
      Object.entries(entryPoints).flatMap(([name, point]) =>
        point ? [[name, signatureOf(point)]] : [],
      ),
    );
  }

  /**
   * Loads a graph, whose variables have no values yet.
   * @throws NoTemporaryFolderError if there is no place for the file from which TensorFlow reads the graph
   */
  static load({ savedModel, entryPoints }: SerializedGraph<string>): Promise<GraphSession> {
    return withTemporaryFolder(
      'graph',
      (folder) => writeFile(join(folder, 'saved_model.pb'), savedModel),
      (folder) =>
        new GraphSession(graphBackend().loadSavedModelMetaGraph(folder, TAG), entryPoints),
    );
  }

  has(entry: string): boolean {
    return this.#signatures.has(entry);
  }

  /**
   * Runs an entry point; blocks this thread meanwhile.
   * @param inputs by name, every one that it has
   * @returns each output by name
   * @throws Error if the graph has no such entry point or was closed, an input is missing, or TensorFlow fails
   */
  run(entry: string, inputs: NamedValues): NamedValues {
    const signature = this.#signatures.get(entry);
    if (!signature) throw new Error(`the graph has no entry point "${entry}"`);
    const fed = signature.inputs.map(([name]) => {
      const value = inputs[name];
      if (!value) throw new Error(`entry point "${entry}" lacks its input "${name}"`);
      return value;
    });
    const names = signature.outputs.map(([, name]) => name);
    const infos = signature.inputs.map(([, info]) => info);
    const fetched = graphBackend().runSavedModel(this.#id, fed, infos, names);
    return Object.fromEntries(
      signature.outputs.flatMap(([name], k) => {
        const value = fetched[k];
        return value ? [[name, value] as const] : [];
      }),
    );
  }

  /** Frees the graph and its variables. */
  close(): void {
    if (this.#signatures.size === 0) return;
    this.#signatures.clear();
    graphBackend().deleteSavedModel(this.#id);
  }
}

const signatureOf = ({ inputs, outputs }: EntryPoint): Signature => ({
  inputs: Object.entries(inputs).map(([key, tensor]) => [key, { name: tensorName(tensor) }]),
  outputs: Object.entries(outputs).map(([key, tensor]) => [key, tensorName(tensor)]),
});
