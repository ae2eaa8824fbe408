/** The charting library, with what this application draws and no more. Loaded on demand. */
import { CustomChart, LineChart } from "echarts/charts";
import { BrushComponent, GridComponent, TooltipComponent } from "echarts/components";
import { init, use as install } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";

install([BrushComponent, CanvasRenderer, CustomChart, GridComponent, LineChart, TooltipComponent]);

export { init };
export type { EChartsType } from "echarts/core";
