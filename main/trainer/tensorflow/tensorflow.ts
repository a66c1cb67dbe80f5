import { rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import util from 'node:util';
import type * as TensorFlow from '@tensorflow/tfjs-node';
import { FailureError } from '../../../shared/ipc.ts';
import { systemFault, thrownText } from '../../../shared/system-errors.ts';
import { isInstalled } from '../files/command-name.ts';
import { prepareEnvironment } from './environment.ts';
import { TAG, type SerializedGraph } from '../graph/saved-model.ts';
import { withTemporaryFolder } from '../files/temporary-folder.ts';

/** A tensor outside the graph. */
export type Value = TensorFlow.Tensor;
export type NamedValues = TensorFlow.NamedTensorMap;
export type SavedModel = Awaited<ReturnType<typeof TensorFlow.node.loadSavedModel>>;

let loaded: typeof TensorFlow | null = null;

/**
 * Loads TensorFlow at first use.
 * @throws FailureError when its native library cannot be loaded
 */
export function tensorFlow(): typeof TensorFlow {
  if (loaded) return loaded;
  prepareEnvironment();
  // tfjs-node 4.22 calls two functions that Node 23 removed.
  const legacy: { isNullOrUndefined?: unknown; isArray?: unknown } = util;
  legacy.isNullOrUndefined ??= (value: unknown) => value === null || value === undefined;
  legacy.isArray ??= Array.isArray;
  try {
    loaded = createRequire(import.meta.url)('@tensorflow/tfjs-node') as typeof TensorFlow;
  } catch (error) {
    const fault = systemFault(error);
    throw new FailureError(
      {
        what: `TensorFlow's native library could not be loaded: ${thrownText(error)}`,
        where: '@tensorflow/tfjs-node',
        remedy:
          fault && fault.code !== 'ENOENT'
            ? fault.remedy
            : isInstalled()
              ? 'Install the app again.'
              : 'Run npm start again, which sets up what is missing.',
      },
      { cause: error },
    );
  }
  return loaded;
}

/** Version of the native library, such as 2.21.0. */
export function tensorFlowVersion(): string {
  // tfjs-node keeps it in its binding, which its types leave out.
  const backend = tensorFlow().backend() as unknown as { binding?: { TF_Version?: string } };
  return backend.binding?.TF_Version ?? 'unknown';
}

/**
 * Loads a graph. Its signatures share one session, and so its variables, which have no values yet.
 * @throws NoTemporaryFolderError if there is no place for the file from which TensorFlow reads the graph
 */
export function loadGraph(graph: SerializedGraph<string>): Promise<Map<string, SavedModel>> {
  const { node } = tensorFlow();
  const [file, signatures] = ['saved_model.pb', 'signatures.pb'];
  return withTemporaryFolder(
    'graph',
    async (folder) => {
      await writeFile(join(folder, file), graph.savedModel);
      await writeFile(join(folder, signatures), graph.signatures);
    },
    async (folder) => {
      const entries = new Map<string, SavedModel>();
      // Signatures are loaded in turn: those from the same path share the session of the first, and only the first reads the graph.
      for (const [k, name] of graph.entryPoints.entries()) {
        if (k === 1) await rename(join(folder, signatures), join(folder, file));
        entries.set(name, await node.loadSavedModel(folder, [TAG], name));
      }
      return entries;
    },
  );
}
