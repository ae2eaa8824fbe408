import { useEffect, useRef } from "preact/hooks";
import { fullDay } from "../format/dates";
import { useLanguage } from "../i18n/language";
import { useTheme } from "../theme";
import type { EChartsType } from "./echarts";
import { option } from "./option";
import { palette } from "./palette";
import { CAN_DRAG, onPeriod, showPeriod, takeDrags, type Selection } from "./period";
import type { Series } from "./series";

type Props = {
  series: Series[];
  /** What is seen, for those who do not see it. */
  label: string;
  format: (value: number) => string;
  isLogarithmic: boolean;
  selection?: Selection | undefined;
  /** Called when the library cannot be loaded or cannot draw. */
  failed: () => void;
};

/** A line chart on a canvas. The library comes when the first one is shown. */
export function Chart({ series, label, format, isLogarithmic, selection, failed }: Props) {
  const element = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType | null>(null);
  const theme = useTheme();
  const language = useLanguage();
  const chosen = useRef(selection?.choose);
  chosen.current = selection?.choose;
  const isSelectable = selection !== undefined;
  const { start, end } = selection?.period ?? {};

  useEffect(() => {
    const home = element.current;
    if (!home) return;
    let isGone = false;
    const draw = async () => {
      const { init } = await import("./echarts");
      if (isGone) return;
      chart.current ??= create(init(home), home, isSelectable ? chosen : null);
      const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
      const day = (text: string) => fullDay(text, language);
      const colors = palette();
      const look = { colors, format, day, isLogarithmic, isSelectable, isStill };
      delete home.dataset.drawn;
      chart.current.setOption(option(series, look), { notMerge: true });
      if (isSelectable) {
        if (CAN_DRAG) takeDrags(chart.current);
        showPeriod(chart.current, start && end ? { start, end } : undefined);
      }
    };
    draw().catch(failed);
    return () => {
      isGone = true;
    };
  }, [series, format, isLogarithmic, isSelectable, start, end, theme, language, failed]);

  useEffect(() => {
    const home = element.current;
    if (!home) return;
    const watcher = new ResizeObserver(() => chart.current?.resize());
    watcher.observe(home);
    return () => {
      watcher.disconnect();
      chart.current?.dispose();
      chart.current = null;
    };
  }, []);

  return <div class="chart-canvas" ref={element} role="img" aria-label={label} />;
}

type Chosen = { current: Selection["choose"] | undefined };

function create(chart: EChartsType, home: HTMLElement, chosen: Chosen | null): EChartsType {
  // How many points of lines are on the canvas.
  chart.on("finished", () => {
    const drawn = chart.getOption().series as { type: string; data: unknown[] }[];
    const lines = drawn.filter((one) => one.type === "line");
    home.dataset.drawn = lines.map((one) => one.data.length).join(" ");
  });
  if (chosen) onPeriod(chart, (start, end) => chosen.current?.(start, end));
  return chart;
}
