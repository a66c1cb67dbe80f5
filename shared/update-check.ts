import * as v from 'valibot';
import { failureSchema } from './failure-schema.ts';

/** Whether there is a newer version of the app: what the window and the main process tell each other of it; a part of the contract. */

const version = v.nullable(v.pipe(v.string(), v.maxLength(100)));

/** What is remembered between starts. */
export const updateChoiceSchema = v.strictObject({
  /** The person wants to be told; nothing is fetched otherwise. */
  isOn: v.boolean(),
  /** When the host was asked last, in milliseconds since 1970; null: never. */
  askedAt: v.nullable(v.pipe(v.number(), v.finite())),
  /** The newest version, as it was then. */
  newest: version,
  /** The one whose notice the person has put away. */
  dismissed: version,
});
export type UpdateChoice = v.InferOutput<typeof updateChoiceSchema>;

export const initialUpdateChoice: UpdateChoice = {
  isOn: false,
  askedAt: null,
  newest: null,
  dismissed: null,
};

const updateStateSchema = v.strictObject({
  ...updateChoiceSchema.entries,
  /** The version that runs. */
  running: v.string(),
  /** What is fetched; null: this copy of the app does not name where its versions are published. */
  address: v.nullable(v.string()),
  /** The newest version, where it is newer than the one that runs. */
  newer: version,
  isAsking: v.boolean(),
  /** Why the last answer did not come, or was none. */
  failure: v.nullable(failureSchema),
});
export type UpdateState = v.InferOutput<typeof updateStateSchema>;

const nothing = v.undefined();

export const updateCalls = {
  updates: { input: nothing, output: updateStateSchema },
  /** Switches it on, which asks at once unless the host was asked a short while ago, or off. */
  checkForUpdates: { input: v.boolean(), output: updateStateSchema },
  /** No notice of the version that is newer now is shown any more. */
  dismissUpdate: { input: nothing, output: nothing },
  /** Opens the page of the newest version in the person's browser. */
  openReleasePage: { input: nothing, output: nothing },
};

export const updateEvents = { updates: updateStateSchema };
