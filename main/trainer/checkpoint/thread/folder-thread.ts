import { Worker } from 'node:worker_threads';
import { currentLanguage } from '../../../../shared/language.ts';
import type { FolderService } from './folder-service.ts';
import { errorOf, type Method, type Reply, type Request } from './messages.ts';

type Answer<M extends Method> = Awaited<ReturnType<FolderService[M]>>;

interface Waiting {
  resolve: (value: unknown) => void;
  reject: (error: Error) => void;
}

const BUILT = 'checkpoint-thread.js';
/** The thread's program is built beside this one. Tests and benchmarks that run from the sources use the built one too. */
const program = import.meta.url.endsWith('.ts')
  ? new URL(`../../../../dist/trainer/${BUILT}`, import.meta.url)
  : new URL(`./${BUILT}`, import.meta.url);

/**
 * Runs calls of `FolderService` on a thread of its own, which the first call starts. On the trainer's own thread each write would
 * wait for a call into TensorFlow, that is, for one training step or four.
 */
class FolderThread {
  #worker: Worker | null = null;
  readonly #waiting = new Map<number, Waiting>();
  #last = 0;

  /**
   * @param transfer buffers that belong to the thread from now on
   * @throws FailureError or Error as the method does
   */
  call<M extends Method>(
    method: M,
    args: Parameters<FolderService[M]>,
    transfer: ArrayBuffer[] = [],
  ): Promise<Answer<M>> {
    const id = ++this.#last;
    const worker = (this.#worker ??= this.#started());
    const answer = new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
    });
    // A caller waits for the answer, so the process must not end before it comes.
    worker.ref();
    worker.postMessage(
      { id, language: currentLanguage(), method, args } satisfies Request,
      transfer,
    );
    return answer as Promise<Answer<M>>;
  }

  #started(): Worker {
    const worker = new Worker(program);
    worker.on('message', (reply: Reply) => {
      const waiting = this.#waiting.get(reply.id);
      this.#waiting.delete(reply.id);
      if (this.#waiting.size === 0) worker.unref();
      if ('value' in reply) waiting?.resolve(reply.value);
      else waiting?.reject(errorOf(reply.problem));
    });
    worker.on('error', (error) => {
      this.#lose(worker, error);
    });
    worker.on('exit', () => {
      this.#lose(worker, new Error('The thread that writes checkpoints has ended.'));
    });
    return worker;
  }

  /** Rejects all calls without an answer. The next call starts a new thread. */
  #lose(worker: Worker, error: Error): void {
    if (this.#worker !== worker) return;
    this.#worker = null;
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}

/** One thread per process, so that no two write to the same folder. */
export const folderThread = new FolderThread();
