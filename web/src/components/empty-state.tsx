import type { ComponentChildren } from "preact";

type Props = {
  title: ComponentChildren;
  description?: ComponentChildren;
  children?: ComponentChildren;
};

/** An empty state, with optional actions. */
export function EmptyState({ title, description, children }: Props) {
  return (
    <div class="notice">
      <p class="notice-title">{title}</p>
      {description && <p>{description}</p>}
      {children}
    </div>
  );
}
