import type { Failure } from '../../../shared/ipc.ts';

/** What a person does with notes on the run, beside the table of events. */
export interface NoteActions {
  /** Why they cannot be read or changed; null: they can. */
  readonly problem: Failure | null;
  /** Of the button that adds one. */
  readonly adding: Readonly<{ disabled?: boolean; title?: string; onclick: () => void }>;
  onEdit: (id: number) => void;
  onRemove: (id: number) => void;
}
