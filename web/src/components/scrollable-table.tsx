import type { ComponentChildren } from "preact";

type Props = { label: string; class?: string; children: ComponentChildren };

/** Scrolls a table that is too large for its container, also with the keyboard. */
export function ScrollableTable({ label, class: name = "", children }: Props) {
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- scrollable
    <div class={`table-scroll ${name}`} tabIndex={0} role="group" aria-label={label}>
      {children}
    </div>
  );
}

/** The row of headers; names of columns are unique. */
export function TableHead({ columns }: { columns: string[] }) {
  return (
    <thead>
      <tr>
        {columns.map((column) => (
          <th key={column} scope="col">
            {column}
          </th>
        ))}
      </tr>
    </thead>
  );
}
