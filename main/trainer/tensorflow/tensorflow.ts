import { createRequire } from 'node:module';
import util from 'node:util';
import type * as TensorFlow from '@tensorflow/tfjs-node';
import { FailureError } from '../../../shared/ipc.ts';
import { systemFault, thrownText } from '../../../shared/system-errors.ts';
import { isInstalled } from '../files/command-name.ts';
import { prepareEnvironment } from './environment.ts';

/** A tensor outside the graph. */
export type Value = TensorFlow.Tensor;
export type NamedValues = TensorFlow.NamedTensorMap;

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

/** Loads it where there is time to. If it cannot be loaded, that is told where it is needed. */
export function loadAhead(): void {
  try {
    tensorFlow();
  } catch {
    // As said.
  }
}

/** What of tfjs-node's backend its own types tell only to who imports it by its file. */
interface GraphBackend {
  /** @returns its number for the calls below */
  loadSavedModelMetaGraph(folder: string, tags: string): number;
  /** @param infos TensorFlow's names of the inputs, in their order */
  runSavedModel(id: number, inputs: Value[], infos: { name: string }[], outputs: string[]): Value[];
  deleteSavedModel(id: number): void;
  binding?: { TF_Version?: string };
}

export const graphBackend = (): GraphBackend => tensorFlow().backend() as unknown as GraphBackend;

/** Version of the native library, such as 2.21.0. */
export const tensorFlowVersion = (): string => graphBackend().binding?.TF_Version ?? 'unknown';
