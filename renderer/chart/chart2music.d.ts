/** What is used of chart2music, whose package hides its own types from modules that say how they are exported. */
declare module 'chart2music' {
  interface Point {
    x: number;
    y: number;
  }
  interface Axis {
    label?: string;
    format?: (value: number) => string;
  }
  interface Sound {
    cleanUp(): void;
  }
  export function c2mChart(input: {
    type: 'line';
    title: string;
    data: Record<string, Point[]>;
    element: HTMLElement;
    /** Where it says what is heard. */
    cc: HTMLElement;
    axes: { x: Axis; y: Axis };
  }): { err: string | null; data?: Sound };
}
