import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withTemporaryFolder } from '../files/temporary-folder.ts';
import { tensorName, TAG, type EntryPoint, type SerializedGraph } from '../graph/saved-model.ts';
import { graphBackend, type NamedValues } from './tensorflow.ts';

/** What is fed and fetched: our names, and TensorFlow's in the same order. */
interface Signature {
  inputs: string[];
  fed: { name: string }[];
  outputs: string[];
  fetched: string[];
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
    const values = signature.inputs.map((name) => {
      const value = inputs[name];
      if (!value) throw new Error(`entry point "${entry}" lacks its input "${name}"`);
      return value;
    });
    const { fed, outputs, fetched } = signature;
    const results = graphBackend().runSavedModel(this.#id, values, fed, fetched);
    return Object.fromEntries(
      outputs.flatMap((name, k) => {
        const result = results[k];
        return result ? [[name, result] as const] : [];
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
  inputs: Object.keys(inputs),
  fed: Object.values(inputs).map((tensor) => ({ name: tensorName(tensor) })),
  outputs: Object.keys(outputs),
  fetched: Object.values(outputs).map(tensorName),
});
