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
