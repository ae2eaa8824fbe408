import { useEffect, useRef, useState } from "preact/hooks";
import { addDays, formatFullDate } from "../format/dates";
import { useLanguage, useTranslations } from "../i18n";
import { useTheme } from "../theme";
import { HAS_BRUSH, type Selection } from "./period";
import { isUnfinished, type Series } from "./series";

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

/** A line chart with a tooltip. */
export function ChartCanvas(props: Props) {
  const { series, label, format, formatAxis, isLogarithmic, selection, onError } = props;
  const element = useRef<HTMLDivElement>(null);
  const [hovered, setHovered] = useState<Hovered>();
  const theme = useTheme();
  const { unfinished } = useTranslations().charts;
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
        unfinished,
        isLogarithmic,
        onHover: setHovered,
        // For tests.
        onDraw: (points) => (container.dataset.rendered = points.join(" ")),
        selection: isSelectable
          ? {
              period: start && end ? { start, end } : undefined,
              onSelect: (from, to) => onSelect.current?.(from, to),
            }
          : undefined,
      });
      const observer = new ResizeObserver(() => {
        plot.setSize({ width: container.clientWidth, height: container.clientHeight });
      });
      observer.observe(container);
      destroy = () => {
        observer.disconnect();
        plot.destroy();
      };
    };
    render().catch(onError);
    return () => {
      isCancelled = true;
      delete container.dataset.rendered;
      setHovered(undefined);
      destroy?.();
    };
  }, [series, formatAxis, isLogarithmic, isSelectable, start, end, theme, unfinished, onError]);

  return (
    <div class="chart-frame">
      <div
        class={`chart-canvas ${isSelectable && HAS_BRUSH ? "chart-selectable" : ""}`}
        ref={element}
        role="img"
        aria-label={label}
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

type TooltipProps = Pick<Props, "series" | "format"> & { hovered: Hovered; isLeft: boolean };

/** Values of the hovered date; hidden from screen readers, which use the chart's table. */
function Tooltip({ hovered: { date, left }, isLeft, series, format }: TooltipProps) {
  const { charts } = useTranslations();
  const language = useLanguage();
  const values = series.flatMap((item) => {
    const value = item.points.find((point) => point.date === date)?.value;
    if (value == null) return [];
    const text = isUnfinished(item, date)
      ? `${format(value)} (${charts.unfinished})`
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
