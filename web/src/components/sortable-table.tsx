import type { ComponentChildren } from "preact";
import { useTranslations } from "../i18n";
import { useLocation } from "../router/location";
import { withParams } from "../router/urls";
import { ScrollableTable } from "./scrollable-table";

export type Column<T> = {
  id: string;
  name: string;
  render: (row: T) => ComponentChildren;
  /** Makes the column sortable; unknown values are last. */
  value?: (row: T) => number | string | null | undefined;
  isNumeric?: boolean;
};

type Props<T> = {
  label: string;
  /** The first column is the header of its row. */
  columns: Column<T>[];
  rows: T[];
  rowKey: (row: T) => number | string;
};

/** A dense table, whose order is in the URL: `sort=views` ascending, `sort=-views` descending. */
export function SortableTable<T>({ label, columns, rows, rowKey }: Props<T>) {
  const { params } = useLocation();
  const { table: t } = useTranslations();
  const sort = params.get("sort") ?? "";
  const isDescending = sort.startsWith("-");
  const sorted = columns.find(({ id, value }) => value && id === sort.replace("-", ""));
  return (
    <ScrollableTable label={label} class="sortable">
      <table class="table">
        <caption class="sr-only">{label}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <ColumnHeader
                key={column.id}
                column={column}
                order={column !== sorted ? "none" : isDescending ? "descending" : "ascending"}
              />
            ))}
          </tr>
        </thead>
        <tbody>
          {sortRows(rows, sorted?.value, isDescending).map((row) => (
            <tr key={rowKey(row)} data-row={rowKey(row)}>
              {columns.map(({ id, render, isNumeric }, index) =>
                index === 0 ? (
                  <th key={id} scope="row">
                    {render(row)}
                  </th>
                ) : (
                  <td key={id} class={isNumeric ? "numeric" : undefined}>
                    {render(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {sorted && <p class="chart-note">{t.sortedPage}</p>}
    </ScrollableTable>
  );
}

type HeaderProps<T> = { column: Column<T>; order: "none" | "ascending" | "descending" };

/** A column header. That of a sortable column is a link that sorts or reverses the order. */
function ColumnHeader<T>({ column: { id, name, value, isNumeric }, order }: HeaderProps<T>) {
  const { path, params } = useLocation();
  // Numbers start with the largest.
  const next = order === "none" ? isNumeric : order === "ascending";
  return (
    <th scope="col" class={isNumeric ? "numeric" : undefined} aria-sort={value ? order : undefined}>
      {value ? (
        <a href={withParams(path, params, { sort: next ? `-${id}` : id })}>
          {name}
          <span aria-hidden="true" class="sort-mark">
            {order === "none" ? "↕" : order === "ascending" ? "↑" : "↓"}
          </span>
        </a>
      ) : (
        name
      )}
    </th>
  );
}

function sortRows<T>(rows: T[], value: Column<T>["value"], isDescending: boolean): T[] {
  if (!value) return rows;
  return [...rows].sort((first, second) => {
    const [a, b] = [value(first), value(second)];
    if (a == null || b == null) return a == null ? (b == null ? 0 : 1) : -1;
    const order =
      typeof a === "string" && typeof b === "string" ? a.localeCompare(b) : Number(a) - Number(b);
    return isDescending ? -order : order;
  });
}

/** Links to the list as cards or as a table; `view` is in the URL. */
export function useTableView() {
  const { path, params } = useLocation();
  const { table: t } = useTranslations();
  const isTable = params.get("view") === "table";
  const href = withParams(path, params, { view: isTable ? undefined : "table", sort: undefined });
  return {
    isTable,
    link: (
      <a class="button button-quiet button-small" href={href}>
        {isTable ? t.showCards : t.showTable}
      </a>
    ),
  };
}
