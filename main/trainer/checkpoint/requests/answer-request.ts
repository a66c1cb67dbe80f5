import type {
  CheckpointAnswer,
  CheckpointRequest,
  CheckpointRequestOf,
} from '../../../../shared/checkpoint-protocol.ts';
import { toFailure } from '../../../../shared/ipc.ts';
import type { CheckpointStore } from '../store.ts';
import type { AskedFolder } from './asked-folder.ts';
import { answerCompare } from './compare.ts';
import { answerDelete } from './delete.ts';
import { answerExport } from './export.ts';
import { answerList } from './list.ts';
import { answerPin } from './pin.ts';
import { answerPrune } from './prune.ts';
import { answerReport } from './report.ts';
import { answerShow } from './show.ts';
import { answerVerify } from './verify.ts';

/** The function that answers each type of request. */
const answerers: {
  [Type in CheckpointRequest['type']]: (
    asked: AskedFolder,
    request: CheckpointRequestOf<Type>,
  ) => Promise<CheckpointAnswer>;
} = {
  list: answerList,
  show: answerShow,
  verify: answerVerify,
  compare: answerCompare,
  pin: answerPin,
  delete: answerDelete,
  prune: answerPrune,
  export: answerExport,
  report: answerReport,
};

/**
 * Answers a request about a folder's checkpoints, or one to change them.
 * @param openStore the store that this process has open for the folder because it trains there; null if it does not
 * @returns the answer, or why the request is refused
 */
export async function answerCheckpointRequest(
  folder: string,
  openStore: CheckpointStore | null,
  request: CheckpointRequest,
): Promise<CheckpointAnswer> {
  try {
    return await answerWith({ folder, openStore }, request);
  } catch (error) {
    return { type: 'refused', failure: toFailure(error, folder) };
  }
}

const answerWith = <Type extends CheckpointRequest['type']>(
  asked: AskedFolder,
  request: CheckpointRequestOf<Type>,
): Promise<CheckpointAnswer> => answerers[request.type](asked, request);
