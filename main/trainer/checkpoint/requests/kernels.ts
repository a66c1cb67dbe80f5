import type {
  CheckpointAnswer,
  CheckpointRequestOf,
} from '../../../../shared/checkpoint-protocol.ts';
import { FLOAT32, openBundle, readBundleFloats } from '../bundle/read.ts';
import { checkpointNamed } from '../named-checkpoint.ts';
import { filesOf } from '../names.ts';
import type { AskedFolder } from './asked-folder.ts';

/** The first convolution's weights, as the graph's compiler names them. */
const FIRST_KERNELS = 'convolution_1/weights';

export interface FirstKernels {
  /** Height × width × channels × filters. */
  shape: [number, number, number, number];
  values: Float32Array<ArrayBuffer>;
}

/**
 * @param prefix of the checkpoint's files
 * @returns null where the network has no convolution
 */
export async function readFirstKernels(prefix: string): Promise<FirstKernels | null> {
  const bundle = await openBundle(prefix);
  const entry = bundle.variables.get(FIRST_KERNELS);
  const [height, width, channels, filters] = entry?.shape ?? [];
  if (entry?.dtype !== FLOAT32 || height === undefined || width === undefined) return null;
  if (channels === undefined || filters === undefined) return null;
  const floats = await readBundleFloats(bundle, new Map([[FIRST_KERNELS, entry]]));
  const values = new Float32Array(floats.get(FIRST_KERNELS) ?? []);
  return { shape: [height, width, channels, filters], values };
}

export async function answerKernels(
  { folder }: AskedFolder,
  { name }: CheckpointRequestOf<'kernels'>,
): Promise<CheckpointAnswer> {
  const { id } = await checkpointNamed(folder, name);
  const kernels = await readFirstKernels(filesOf(folder, id).prefix);
  return { type: 'kernels', ...(kernels ?? { shape: null, values: new Float32Array() }) };
}
