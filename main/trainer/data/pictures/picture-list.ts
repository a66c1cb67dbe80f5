import type { PartName } from '../../../../shared/dataset-parts.ts';
import type { Failure } from '../../../../shared/ipc.ts';

/** One picture file of a dataset. */
export interface ListedPicture {
  /** Its path in the tree; for a table's picture, below the table's folder. */
  path: string;
  /** Its class, from 0. */
  label: number;
  /** Null if nothing says which part it belongs to. */
  part: PartName | null;
}

/** The pictures of a dataset, with their classes. */
export interface PictureList {
  /** In the order of the labels. */
  classNames: string[];
  pictures: ListedPicture[];
  /** What a person is told of how the list was made. */
  findings: Failure[];
}
