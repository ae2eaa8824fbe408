/** First and last date, both inclusive. */
export type Period = { start: string; end: string };

/** Makes a period of a chart selectable. */
export type Selection = {
  period: Period | undefined;
  onSelect: (start: string, end: string) => void;
};

/** On touch screens, dragging scrolls the page instead. */
export const HAS_BRUSH = matchMedia("(pointer: fine)").matches;
