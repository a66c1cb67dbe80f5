/** Everything that set-up says goes to stderr: stdout belongs to the command that follows. @param {string} text */
export function say(text) {
  console.error(text);
}

/** @param {number} ms @returns {string} such as 4.2 s or 3 min */
export function duration(ms) {
  const seconds = ms / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  return seconds < 90 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`;
}

/** @param {number} bytes */
const megabytes = (bytes) => `${Math.round(bytes / 1e6)} MB`;

const REDRAW = 200;
/** Where lines cannot be redrawn, a new one this often shows that work goes on. */
const NEXT_LINE = 10_000;

/** Shows the progress of a download or an unpacking: one line redrawn on a terminal, a line now and then elsewhere. */
export class Progress {
  #label;
  #total;
  #start = Date.now();
  #last = 0;
  #live = process.stderr.isTTY;

  /** @param {string} label @param {number | null} total bytes, when known */
  constructor(label, total) {
    this.#label = label;
    this.#total = total;
    if (!this.#live) say(total ? `${label} (${megabytes(total)})` : label);
    this.#last = this.#live ? 0 : this.#start;
  }

  /** @param {number} bytes so far */
  update(bytes) {
    const now = Date.now();
    if (now - this.#last < (this.#live ? REDRAW : NEXT_LINE)) return;
    this.#last = now;
    const text = `${this.#label}: ${this.#state(bytes, now - this.#start)}`;
    if (this.#live)
      process.stderr.write(`\r\x1b[2K${text.slice(0, (process.stderr.columns || 80) - 1)}`);
    else say(text);
  }

  /** Clears the redrawn line; the caller reports the result. */
  end() {
    if (this.#live) process.stderr.write('\r\x1b[2K');
  }

  /** @param {number} bytes @param {number} ms */
  #state(bytes, ms) {
    if (!this.#total) return `${megabytes(bytes)}, ${duration(ms)}`;
    // A tool may also write files of its own, so `bytes` may exceed the total.
    const part = Math.min(bytes / this.#total, 0.99);
    const left = part > 0 && ms > 1000 ? `, ${duration((ms / part) * (1 - part))} left` : '';
    return `${Math.floor(part * 100)} %, ${megabytes(part * this.#total)} of ${megabytes(this.#total)}${left}`;
  }
}
