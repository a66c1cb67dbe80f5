import { utilityProcess, type UtilityProcess } from 'electron';
import { LastWords } from './last-words.ts';

const KILL_PATIENCE = 2_000;

export interface ChildListener {
  onMessage(message: unknown): void;
  /**
   * @param cause exit code, or on POSIX the signal, in words
   * @param lastWords what it wrote to stderr last; may be empty
   */
  onExit(cause: string, lastWords: string): void;
}

/** A process of the app that loads TensorFlow. The only user of Electron's utilityProcess. */
export class UtilityChild {
  readonly #process: UtilityProcess;
  #isSpawned = false;

  /**
   * @param entry the bundled program
   * @param name as shown in the system's list of processes
   * @param environment of the process
   */
  constructor(entry: string, name: string, listener: ChildListener, environment = process.env) {
    const child = utilityProcess.fork(entry, [], {
      serviceName: name,
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
      // On macOS, tfjs-node's library is signed by somebody else, or by nobody.
      allowLoadingUnsignedLibraries: true,
    });
    const lastWords = new LastWords();
    // Without a listener, an error such as full JavaScript memory would be thrown here.
    child.on('error', (type, location) => {
      lastWords.add(`${type} at ${location}\n`);
    });
    child.stdout?.on('data', (chunk: Buffer) => process.stdout.write(chunk));
    child.stderr?.on('data', (chunk: Buffer) => {
      process.stderr.write(chunk);
      lastWords.add(chunk.toString('utf8'));
    });
    child.on('message', (message: unknown) => {
      listener.onMessage(message);
    });
    child.once('spawn', () => {
      this.#isSpawned = true;
    });
    child.once('exit', (code) => {
      listener.onExit(causeOf(code), lastWords.toString());
    });
    this.#process = child;
  }

  send(message: unknown): void {
    this.#process.postMessage(message);
  }

  /**
   * Waits for its end.
   * @param patience milliseconds after which it is killed
   */
  ended(patience: number): Promise<void> {
    return new Promise<void>((resolve) => {
      const timer = setTimeout(() => {
        this.kill();
      }, patience);
      this.#process.once('exit', () => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  /** Sends SIGTERM first (Electron's kill); a process deep in native code may not notice it. */
  kill(): void {
    // A process that has not started yet cannot be killed.
    if (this.#isSpawned) this.#killSpawned();
    else this.#process.once('spawn', () => this.#killSpawned());
  }

  #killSpawned(): void {
    const { pid } = this.#process;
    this.#process.kill();
    if (pid === undefined) return;
    const timer = setTimeout(() => {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It has ended meanwhile.
      }
    }, KILL_PATIENCE);
    this.#process.once('exit', () => {
      clearTimeout(timer);
    });
  }
}

/** If a signal ended the process on POSIX, Electron gives the signal's number; the trainer's own exit codes are 0 to 2. */
function causeOf(code: number): string {
  const isSignal = process.platform !== 'win32' && code > 2 && code < 32;
  return isSignal ? `signal ${code}` : `exit code ${code}`;
}
