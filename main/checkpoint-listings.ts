import type { CheckpointAnswer } from '../shared/checkpoint-protocol.ts';
import type { CheckpointList, ListedPart } from '../shared/checkpoint-listing.ts';

/** So many cross to the page within a frame, with what it checks of them. */
const AT_ONCE = 1_000;

/** The last list of checkpoints that the page has asked for, which it takes in parts. */
export class CheckpointListings {
  #listing = 0;
  #list: CheckpointList | null = null;

  /** @returns the first part of it */
  begin(answer: CheckpointAnswer): ListedPart {
    this.#listing += 1;
    this.#list = null;
    if (answer.type !== 'list') return { listing: this.#listing, total: 0, answer };
    if (answer.checkpoints.length > AT_ONCE) this.#list = answer;
    return this.#partOf(answer, 0);
  }

  /** @returns null: another was begun since, or this one has been taken whole */
  next({ listing, from }: { listing: number; from: number }): ListedPart | null {
    const list = this.#list;
    if (list === null || listing !== this.#listing) return null;
    if (from + AT_ONCE >= list.checkpoints.length) this.#list = null;
    return this.#partOf({ ...list, branches: [], damaged: [], unrecorded: [] }, from);
  }

  #partOf(list: CheckpointList, from: number): ListedPart {
    const { length: total } = list.checkpoints;
    const checkpoints = list.checkpoints.slice(from, from + AT_ONCE);
    return { listing: this.#listing, total, answer: { ...list, checkpoints } };
  }
}
