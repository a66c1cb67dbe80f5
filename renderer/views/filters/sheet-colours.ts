import type { SheetColours } from '../../chart/filter-sheet.ts';

/** The colours that the window has now, light or dark. */
export function sheetColours(): SheetColours {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string): string => style.getPropertyValue(name).trim();
  return {
    ground: token('--surface-card'),
    text: token('--text'),
    border: token('--border-card'),
    bad: token('--text-bad'),
    family: style.fontFamily,
  };
}
