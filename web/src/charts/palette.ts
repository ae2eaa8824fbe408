import type { Tone } from "./series";

export type Palette = Record<Tone, string> & {
  text: string;
  line: string;
  surface: string;
  font: string;
};

/** The colours of the theme in force, out of the style sheet. */
export function palette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const read = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    popular: read("popular"),
    made: read("made"),
    plain: read("made"),
    a: read("popular"),
    b: read("made"),
    text: read("text-2"),
    line: read("line"),
    surface: read("surface"),
    font: read("font"),
  };
}
