import { useMemo, useState } from "preact/hooks";
import { apiQuery } from "../../api/query";
import type { components } from "../../api/schema";
import { useQuery } from "../../api/use-query";
import { LineChart, useCountFormats } from "../../charts/line-chart";
import { Card } from "../../components/card";
import { CsvButton } from "../../components/csv-button";
import { Icon } from "../../components/icon";
import { QueryBoundary } from "../../components/query-boundary";
import { SearchForm } from "../../components/search-form";
import { Segments } from "../../components/segments";
import { Skeleton } from "../../components/skeleton";
import { useTranslations } from "../../i18n";
import { navigate, useLocation } from "../../router/location";
import { withParams } from "../../router/urls";

/** Defined by the API. */
const MAX_KEYWORDS = 5;
const WINDOWS = [28, 90, 365];
const TONES = ["b", "a", "c", "d", "e"] as const;

/** The videos with a keyword by day or week, beside those of up to four others in the URL. */
export function KeywordHistory({ keyword }: { keyword: string }) {
  const { daily, filters, history: t } = useTranslations();
  const { path, params } = useLocation();
  const others = params.getAll("with").filter((other) => other !== keyword);
  const keywords = [keyword, ...new Set(others)].slice(0, MAX_KEYWORDS);
  const days = WINDOWS.find((window) => String(window) === params.get("days")) ?? 28;
  const unit = params.get("by") === "week" ? "week" : "day";
  const query = apiQuery("/api/keywords/history/", { query: { keyword: keywords, days, unit } });
  const result = useQuery(query, { keepPreviousData: true });
  const href = (changes: Record<string, string | string[] | undefined>) =>
    withParams(path, params, changes);
  return (
    <Card
      title={t.title}
      description={`${filters.lastDays(days)}. ${t.description}`}
      class="span-6"
      isBusy={result.isLoading}
      actions={
        <div class="card-actions">
          <Segments
            label={daily.interval}
            options={[
              { name: daily.day, href: href({ by: undefined }), isSelected: unit === "day" },
              { name: daily.week, href: href({ by: "week" }), isSelected: unit === "week" },
            ]}
          />
          <Segments
            label={daily.window}
            options={WINDOWS.map((window) => ({
              name: daily.days(window),
              href: href({ days: window === 28 ? undefined : String(window) }),
              isSelected: window === days,
            }))}
          />
          <CsvButton query={query} fileName="keywords.csv" />
        </div>
      }
    >
      <ul class="compare-channels" aria-label={t.keywords}>
        {keywords.map((name, index) => (
          <li key={name} class={`legend legend-${TONES[index] ?? "a"}`}>
            <span>{name}</span>
            {index > 0 && (
              <a
                class="compare-remove"
                href={href({ with: keywords.slice(1).filter((other) => other !== name) })}
                aria-label={t.remove(name)}
              >
                <Icon name="close" />
              </a>
            )}
          </li>
        ))}
      </ul>
      <QueryBoundary result={result} skeleton={<Skeleton kind="chart" />}>
        {(data) => <HistoryChart keywords={data.keywords} />}
      </QueryBoundary>
      {keywords.length < MAX_KEYWORDS && (
        <AddKeyword onAdd={(name) => navigate(href({ with: [...keywords.slice(1), name] }))} />
      )}
    </Card>
  );
}

function HistoryChart({ keywords }: { keywords: components["schemas"]["KeywordHistory"][] }) {
  const { history: t, units } = useTranslations();
  const series = useMemo(
    () =>
      keywords.map(({ keyword, points }, index) => ({
        name: keyword,
        tone: TONES[index] ?? "a",
        points: points.map(({ date, videos }) => ({ date, value: videos ?? null })),
        unfinishedFrom: points.find((point) => !point.is_complete)?.date,
      })),
    [keywords],
  );
  const formats = useCountFormats(units.videos);
  return <LineChart name={t.title} series={series} {...formats} empty={t.empty} />;
}

/** A keyword to compare with. */
function AddKeyword({ onAdd }: { onAdd: (keyword: string) => void }) {
  const { history: t } = useTranslations();
  // Another key empties the field.
  const [added, setAdded] = useState(0);
  return (
    <SearchForm
      key={added}
      value=""
      label={t.add}
      placeholder={t.add}
      onSearch={(text) => {
        if (!text) return;
        setAdded(added + 1);
        onAdd(text);
      }}
      class="history-add"
    />
  );
}
