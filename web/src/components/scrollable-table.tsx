import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { useTranslations } from "../i18n";

type Props = { label: string; class?: string; children: ComponentChildren };

/**
 * Scrolls a table that is too large for its container, also with the keyboard. A hint and a shadow
 * at the edge say that there are more columns.
 */
export function ScrollableTable({ label, class: name = "", children }: Props) {
  const { table: t } = useTranslations();
  const element = useRef<HTMLDivElement>(null);
  const [isWide, setWide] = useState(false);
  const [isCut, setCut] = useState(false);
  useEffect(() => {
    const container = element.current;
    if (!container) return;
    const update = () => {
      const hidden = container.scrollWidth - container.clientWidth;
      setWide(hidden > 1);
      setCut(hidden - container.scrollLeft > 1);
    };
    const observer = new ResizeObserver(update);
    observer.observe(container);
    for (const child of container.children) observer.observe(child);
    container.addEventListener("scroll", update, { passive: true });
    return () => {
      observer.disconnect();
      container.removeEventListener("scroll", update);
    };
  }, []);
  return (
    <div class={isCut ? "table-frame table-cut" : "table-frame"}>
      {isWide && <p class="table-hint">{t.scroll}</p>}
      <div
        ref={element}
        class={`table-scroll ${name}`}
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- scrollable
        tabIndex={0}
        role="group"
        aria-label={label}
      >
        {children}
      </div>
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
