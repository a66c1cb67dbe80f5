/** What an empty pad asks for. */
export const drawPrompt = 'Draw a digit from 0 to 9';
