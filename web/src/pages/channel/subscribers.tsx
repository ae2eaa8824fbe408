import { useCallback, useMemo } from "preact/hooks";
import type { components } from "../../api/schema";
import { LineFigure } from "../../charts/line-figure";
import type { Period } from "../../charts/period";
import { count } from "../../format/numbers";
import { useLanguage } from "../../i18n/language";
import { useWords } from "../../i18n/words";
import { to } from "../../router/addresses";
import { go } from "../../router/location";

type Props = {
  idx: number;
  points: components["schemas"]["SubscriberPoint"][];
  period: Period | undefined;
};

/** The subscriber line. Dragging over it chooses a period. */
export function Subscribers({ idx, points, period }: Props) {
  const { lines } = useWords();
  const language = useLanguage();
  const series = useMemo(() => {
    const numbers = points.map(({ date, value }) => ({ date, value: Number(value) }));
    return [{ name: lines.subscribers, tone: "plain" as const, points: numbers }];
  }, [points, lines]);
  const format = useCallback((value: number) => count(value, language), [language]);
  const selection = {
    period,
    choose: (start: string, end: string) => go(to.channel(idx, start, end)),
  };
  return (
    <LineFigure name={lines.subscribers} series={series} format={format} selection={selection} />
  );
}
