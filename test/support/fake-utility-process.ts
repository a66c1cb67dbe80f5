import { EventEmitter } from 'node:events';

/** A process of Electron's as far as those who start one see it. It has no number, and cannot be killed, before it was spawned. */
export class FakeUtilityProcess<Sent> extends EventEmitter {
  pid: number | undefined;
  readonly stdout = new EventEmitter();
  readonly stderr = new EventEmitter();
  readonly sent: Sent[] = [];
  kills = 0;
  postMessage(message: Sent): void {
    this.sent.push(message);
  }
  kill(): boolean {
    if (this.pid === undefined) return false;
    this.kills++;
    return true;
  }
  spawn(pid = 99_999_999): void {
    this.pid = pid;
    this.emit('spawn');
  }
  tell(message: object): void {
    this.emit('message', message);
  }
}
