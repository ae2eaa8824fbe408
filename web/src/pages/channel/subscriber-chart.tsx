import { useCallback, useMemo } from "preact/hooks";
import type { components } from "../../api/schema";
import { LineChart } from "../../charts/line-chart";
import type { Period } from "../../charts/period";
import { formatCount } from "../../format/numbers";
import { useLanguage, useTranslations } from "../../i18n";
import { navigate } from "../../router/location";
import { urls } from "../../router/urls";

type Props = {
  idx: number;
  points: components["schemas"]["SubscriberPoint"][];
  period: Period | undefined;
};

/** Subscribers over time. Brushing the chart selects a period. */
export function SubscriberChart({ idx, points, period }: Props) {
  const { charts } = useTranslations();
  const language = useLanguage();
  const series = useMemo(() => {
    const numbers = points.map(({ date, value }) => ({ date, value: Number(value) }));
    return [{ name: charts.subscribers, tone: "plain" as const, points: numbers }];
  }, [points, charts]);
  const format = useCallback((value: number) => formatCount(value, language), [language]);
  const selection = {
    period,
    onSelect: (start: string, end: string) => navigate(urls.channel(idx, start, end)),
  };
  return (
    <LineChart name={charts.subscribers} series={series} format={format} selection={selection} />
  );
}
