import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('terminal.py', import.meta.url));

/** A real pseudo-terminal with a command in it, which leads its session. */
export class Terminal {
  /** All that was printed in it, carriage returns included. */
  printed = '';
  /** The command's exit code, 128 and its number after a signal. */
  readonly ended: Promise<number>;
  readonly #child: ChildProcessWithoutNullStreams;

  constructor(command: readonly string[], cwd: string) {
    this.#child = spawn('python3', [program, ...command], { stdio: 'pipe', cwd });
    this.#child.stdin.on('error', () => undefined);
    this.#child.stdout.setEncoding('utf8').on('data', (text: string) => (this.printed += text));
    this.ended = once(this.#child, 'close').then(([code]) => code as number);
  }

  type(text: string): void {
    this.#child.stdin.write(`${JSON.stringify(text)}\n`);
  }

  /** As a closed window or a lost connection does. */
  close(): void {
    this.#child.stdin.write('null\n');
  }
}
