import { useCallback, useMemo } from "preact/hooks";
import { count, percent } from "../format/numbers";
import { useLanguage } from "../i18n/language";
import { LineFigure } from "./line-figure";
import type { Point } from "./series";

type Props = { name: string; tone: "popular" | "made"; points: Point[] };

/** How popular a keyword's videos are (in hundredths), or how many are made, day by day. */
export function Trend({ name, tone, points }: Props) {
  const language = useLanguage();
  const series = useMemo(() => [{ name, tone, points }], [name, tone, points]);
  const format = useCallback(
    (value: number) => (tone === "popular" ? percent(value, language) : count(value, language)),
    [tone, language],
  );
  return <LineFigure name={name} series={series} format={format} />;
}
