import { Worker } from 'node:worker_threads';
import type { FolderService } from './folder-service.ts';
import { errorOf, type Method, type Reply, type Request } from './messages.ts';

type Answer<M extends Method> = Awaited<ReturnType<FolderService[M]>>;

interface Waiting {
  resolve: (value: unknown) => void;
  reject: (error: Error) => void;
}

const BUILT = 'checkpoint-thread.js';
/** Beside this program where it is built; tests and benchmarks that run from the sources take the built one too. */
const program = import.meta.url.endsWith('.ts')
  ? new URL(`../../../../dist/trainer/${BUILT}`, import.meta.url)
  : new URL(`./${BUILT}`, import.meta.url);

/**
 * Calls of `FolderService`, carried out on a thread of its own, which begins with the first. In the trainer's own thread each write would
 * wait for a call into TensorFlow, that is for one training step or four.
 */
class FolderThread {
  #worker: Worker | null = null;
  readonly #waiting = new Map<number, Waiting>();
  #last = 0;

  /**
   * @param transfer what is the thread's from now on.
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
    // Somebody waits for it: the process does not end before.
    worker.ref();
    worker.postMessage({ id, method, args } satisfies Request, transfer);
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

  /** The next call begins a new one. */
  #lose(worker: Worker, error: Error): void {
    if (this.#worker !== worker) return;
    this.#worker = null;
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}

/** One a process: no two of them write to one folder. */
export const folderThread = new FolderThread();
