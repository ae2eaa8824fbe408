import { useEffect, useRef, useState } from "preact/hooks";
import type uPlot from "uplot";
import { addDays, formatAxisDate, formatFullDate } from "../format/dates";
import { useLanguage, useTranslations } from "../i18n";
import { useTheme } from "../theme";
import { HAS_BRUSH, type Selection } from "./period";
import { isIncomplete, type Series } from "./series";

type Props = {
  series: Series[];
  /** Text alternative. */
  label: string;
  format: (value: number) => string;
  formatAxis: (value: number) => string;
  isLogarithmic: boolean;
  selection?: Selection | undefined;
  /** Called if the chart cannot be loaded or drawn. */
  onError: () => void;
};

type Hovered = { date: string; left: number };

/** A line chart with a tooltip. It is busy until it is drawn. */
export function ChartCanvas(props: Props) {
  const { series, label, format, selection } = props;
  const element = useRef<HTMLDivElement>(null);
  const { isDrawn, hovered } = usePlot(element, props);
  return (
    <div class="chart-frame">
      <div
        class={`chart-canvas ${selection && HAS_BRUSH ? "chart-selectable" : ""}`}
        ref={element}
        role="img"
        aria-label={label}
        aria-busy={!isDrawn}
      />
      {hovered && (
        <Tooltip
          hovered={hovered}
          isLeft={hovered.left > (element.current?.clientWidth ?? 0) / 2}
          series={series}
          format={format}
        />
      )}
    </div>
  );
}

/** Draws the chart in an element, with its size and in the colors of the theme. */
function usePlot(element: { current: HTMLElement | null }, props: Props) {
  const { series, formatAxis, isLogarithmic, selection, onError } = props;
  const [isDrawn, setDrawn] = useState(false);
  const [hovered, setHovered] = useState<Hovered>();
  const theme = useTheme();
  const language = useLanguage();
  const { incomplete } = useTranslations().charts;
  const onSelect = useRef(selection?.onSelect);
  onSelect.current = selection?.onSelect;
  const isSelectable = selection !== undefined;
  const { start, end } = selection?.period ?? {};

  useEffect(() => {
    const container = element.current;
    if (!container) return;
    let isCancelled = false;
    let destroy: (() => void) | undefined;
    const render = async () => {
      const { drawPlot, themePalette } = await import("./plot");
      if (isCancelled) return;
      const plot = drawPlot(container, series, {
        palette: themePalette(),
        formatAxis,
        formatAxisDate: (date) => formatAxisDate(date, language),
        incomplete,
        isLogarithmic,
        onHover: setHovered,
        onDraw: () => setDrawn(true),
        selection: isSelectable
          ? {
              period: start && end ? { start, end } : undefined,
              onSelect: (from, to) => onSelect.current?.(from, to),
            }
          : undefined,
      });
      destroy = fitToContainer(plot, container);
    };
    render().catch(onError);
    return () => {
      isCancelled = true;
      setDrawn(false);
      setHovered(undefined);
      destroy?.();
    };
  }, [
    element,
    series,
    formatAxis,
    isLogarithmic,
    isSelectable,
    start,
    end,
    theme,
    language,
    incomplete,
    onError,
  ]);
  return { isDrawn, hovered };
}

/** Resizes a plot with its container; returns what destroys it. */
function fitToContainer(plot: uPlot, container: HTMLElement): () => void {
  const observer = new ResizeObserver(() => {
    plot.setSize({ width: container.clientWidth, height: container.clientHeight });
  });
  observer.observe(container);
  return () => {
    observer.disconnect();
    plot.destroy();
  };
}

type TooltipProps = Pick<Props, "series" | "format"> & { hovered: Hovered; isLeft: boolean };

/** Values of the hovered date; hidden from screen readers, which use the chart's table. */
function Tooltip({ hovered: { date, left }, isLeft, series, format }: TooltipProps) {
  const { charts } = useTranslations();
  const language = useLanguage();
  const values = series.flatMap((item) => {
    const value = item.points.find((point) => point.date === date)?.value;
    if (value == null) return [];
    const text = isIncomplete(item, date)
      ? `${format(value)} (${charts.incomplete})`
      : format(value);
    const day = formatFullDate(addDays(date, -(item.shift ?? 0)), language);
    return { name: item.isPrevious ? `${item.name} (${day})` : item.name, text };
  });
  return (
    <div
      class={`chart-tooltip ${isLeft ? "chart-tooltip-left" : ""}`}
      style={{ left: `${left}px` }}
      aria-hidden="true"
    >
      <b>{formatFullDate(date, language)}</b>
      {values.map(({ name, text }) => (
        <span key={name}>{series.length > 1 ? `${name}  ${text}` : text}</span>
      ))}
      {values.length === 0 && <span>–</span>}
    </div>
  );
}
