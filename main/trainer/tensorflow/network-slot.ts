import type { Session } from './session.ts';

/** The network that questions are asked of, while it is trained too: one at a time is in memory. */
export class NetworkSlot {
  #session: Session | null = null;

  get session(): Session | null {
    return this.#session;
  }

  /**
   * Frees the network before it.
   * @param session null: there is none from now on
   */
  replace(session: Session | null): void {
    this.#session?.close();
    this.#session = session;
  }
}
