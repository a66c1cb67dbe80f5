import { fieldAt, fieldList } from '../../shared/fields.ts';
import { nameSettings } from '../../shared/setting-paths.ts';

/** What the window calls a setting; undefined: it has no such field. */
export const fieldLabel = (path: string): string | undefined => fieldAt(path)?.label;

/** A terminal’s option, with a value and the setting’s path behind it where they are told too. */
const OPTION =
  /--(?:no-)?([a-z][a-z-]*)(?: (?:[A-Z]+|[\da-z-]+)(?= \(data\.|\)))?( \(data\.\w+\))?/g;

/** What a terminal’s option sets, as the window calls it; undefined: the window has no such field. */
const optionLabel = (name: string): string | undefined =>
  fieldList.flatMap(([, { option, label }]) => (option?.name === name ? [label] : [])).at(0);

/** A failure's text with the fields' labels in it, where a terminal’s option or a setting's path stands. */
export function nameFields(text: string): string {
  const named = text.replaceAll(OPTION, (all, name: string) => {
    const label = optionLabel(name);
    return label === undefined ? all : `“${label}”`;
  });
  return nameSettings(named, fieldLabel);
}
