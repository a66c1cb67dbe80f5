import type {
  CheckpointAnswer,
  CheckpointRequestOf,
} from '../../../../shared/checkpoint-protocol.ts';
import { readFloats, readIndex } from '../bundle/read.ts';
import { checkpointNamed } from '../named-checkpoint.ts';
import { filesOf } from '../names.ts';
import type { AskedFolder } from './asked-folder.ts';

/** The first convolution's weights, as the graph's compiler names them. */
const FIRST_KERNELS = 'convolution_1/weights';

export async function answerKernels(
  { folder }: AskedFolder,
  { name }: CheckpointRequestOf<'kernels'>,
): Promise<CheckpointAnswer> {
  const { id } = await checkpointNamed(folder, name);
  const files = filesOf(folder, id);
  const entry = (await readIndex(files.index)).get(FIRST_KERNELS);
  const [height, width, channels, filters] = entry?.shape ?? [];
  if (!entry || height === undefined || width === undefined) return NONE;
  if (channels === undefined || filters === undefined) return NONE;
  const values = await readFloats(files.data, new Map([[FIRST_KERNELS, entry]]));
  return {
    type: 'kernels',
    shape: [height, width, channels, filters],
    values: new Float32Array(values.get(FIRST_KERNELS) ?? []),
  };
}

const NONE: CheckpointAnswer = { type: 'kernels', shape: null, values: new Float32Array() };
