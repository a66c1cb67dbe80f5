import { parentPort } from 'node:worker_threads';
import { currentLanguage } from '../../../../shared/language.ts';
import { speakBuilt } from '../../speak.ts';
import { FolderService } from './folder-service.ts';
import { problemOf, type Method, type Reply, type Request } from './messages.ts';

/** The thread that writes to checkpoint folders. On the trainer's thread, calls into TensorFlow would delay every write. */
const service = new FolderService();
const methods = service as unknown as Record<Method, (...args: unknown[]) => unknown>;
const postReply = (message: Reply): void => parentPort?.postMessage(message);

parentPort?.on('message', ({ id, language, method, args }: Request) => {
  if (language !== currentLanguage()) speakBuilt(language);
  new Promise((resolve) => {
    resolve(methods[method](...args));
  }).then(
    (value) => {
      postReply({ id, value });
    },
    (error: unknown) => {
      postReply({ id, problem: problemOf(error) });
    },
  );
});
