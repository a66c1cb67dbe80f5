/** The background of the page, also used for the system's window behind it, so that the window does not flash when it opens. */
export const pageBackground = { light: '#f7f8fa', dark: '#16181d' } as const;
