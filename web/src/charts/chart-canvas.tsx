import { useEffect, useRef } from "preact/hooks";
import { formatFullDate } from "../format/dates";
import { useLanguage, useTranslations } from "../i18n";
import { useTheme } from "../theme";
import { chartOption, themePalette, UNFINISHED } from "./chart-option";
import type { EChartsType } from "./echarts";
import { enableBrush, HAS_BRUSH, highlightPeriod, onBrushEnd, type Selection } from "./period";
import type { Series } from "./series";

type Props = {
  series: Series[];
  /** Text alternative. */
  label: string;
  format: (value: number) => string;
  formatAxis: (value: number) => string;
  isLogarithmic: boolean;
  selection?: Selection | undefined;
  /** Called if ECharts cannot be loaded or fails to render. */
  onError: () => void;
};

/** An ECharts line chart. ECharts is loaded when the first chart is rendered. */
export function ChartCanvas(props: Props) {
  const { series, label, format, formatAxis, isLogarithmic, selection, onError } = props;
  const element = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType | null>(null);
  const theme = useTheme();
  const language = useLanguage();
  const { unfinished } = useTranslations().charts;
  const onSelect = useRef(selection?.onSelect);
  onSelect.current = selection?.onSelect;
  const isSelectable = selection !== undefined;
  const { start, end } = selection?.period ?? {};

  useEffect(() => {
    const container = element.current;
    if (!container) return;
    let isCancelled = false;
    const render = async () => {
      const { init } = await import("./echarts");
      if (isCancelled) return;
      chart.current ??= createChart(init(container), container, isSelectable ? onSelect : null);
      const option = chartOption(series, {
        palette: themePalette(),
        format,
        formatAxis,
        formatDate: (date) => formatFullDate(date, language),
        unfinished,
        isLogarithmic,
        isSelectable,
        isAnimated: !matchMedia("(prefers-reduced-motion: reduce)").matches,
      });
      delete container.dataset.rendered;
      chart.current.setOption(option, { notMerge: true });
      if (isSelectable) {
        if (HAS_BRUSH) enableBrush(chart.current);
        highlightPeriod(chart.current, start && end ? { start, end } : undefined);
      }
    };
    render().catch(onError);
    return () => {
      isCancelled = true;
    };
  }, [
    series,
    format,
    formatAxis,
    isLogarithmic,
    isSelectable,
    start,
    end,
    theme,
    language,
    unfinished,
    onError,
  ]);

  useEffect(() => {
    const container = element.current;
    if (!container) return;
    const observer = new ResizeObserver(() => chart.current?.resize());
    observer.observe(container);
    return () => {
      observer.disconnect();
      chart.current?.dispose();
      chart.current = null;
    };
  }, []);

  return <div class="chart-canvas" ref={element} role="img" aria-label={label} />;
}

type OnSelectRef = { current: Selection["onSelect"] | undefined };

function createChart(
  chart: EChartsType,
  container: HTMLElement,
  onSelect: OnSelectRef | null,
): EChartsType {
  // For tests: the number of rendered points of each line.
  chart.on("finished", () => {
    const series = chart.getOption().series as { type: string; id: string; data: unknown[] }[];
    const lines = series.filter(({ type, id }) => type === "line" && !id.endsWith(UNFINISHED));
    container.dataset.rendered = lines.map(({ data }) => data.length).join(" ");
  });
  if (onSelect) onBrushEnd(chart, (start, end) => onSelect.current?.(start, end));
  return chart;
}
