import type { Session } from './session.ts';

/** Holds the network that is trained and asked questions; there is one at a time in memory. */
export class NetworkSlot {
  #session: Session | null = null;

  get session(): Session | null {
    return this.#session;
  }

  /**
   * Puts another network in the slot and frees the one before.
   * @param session null leaves the slot empty
   */
  replace(session: Session | null): void {
    this.#session?.close();
    this.#session = session;
  }
}
