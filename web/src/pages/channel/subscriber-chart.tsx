import { useMemo } from "preact/hooks";
import type { components } from "../../api/schema";
import { LineChart, useCountFormats } from "../../charts/line-chart";
import type { Period } from "../../charts/period";
import { latestOfDay } from "../../charts/series";
import { useTranslations } from "../../i18n";
import { navigate, useLocation } from "../../router/location";
import { withParams } from "../../router/urls";

type Props = {
  points: components["schemas"]["SubscriberPoint"][];
  period: Period | undefined;
};

/** Subscribers over time. Brushing the chart selects a period. */
export function SubscriberChart({ points, period }: Props) {
  const { charts, units } = useTranslations();
  const { path, params } = useLocation();
  const series = useMemo(() => {
    const numbers = latestOfDay(points.map(({ date, value }) => ({ date, value: Number(value) })));
    return [{ name: charts.subscribers, tone: "plain" as const, points: numbers }];
  }, [points, charts]);
  const formats = useCountFormats(units.people);
  const selection = {
    period,
    onSelect: (start: string, end: string) =>
      navigate(withParams(path, params, { days: undefined, start, end })),
  };
  return <LineChart name={charts.subscribers} series={series} {...formats} selection={selection} />;
}
