/** What the window's page and the system's window behind it must show alike: the page's background, so that opening does not flash. */
export const pageBackground = { light: '#f7f8fa', dark: '#16181d' } as const;
