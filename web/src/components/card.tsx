import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";

type Props = {
  title: ComponentChildren;
  description?: ComponentChildren;
  actions?: ComponentChildren;
  class?: string;
  isBusy?: boolean;
  children: ComponentChildren;
};

export function Card({
  title,
  description,
  actions,
  class: name = "",
  isBusy = false,
  children,
}: Props) {
  const id = useId();
  return (
    <section class={`card ${name}`} aria-labelledby={id} aria-busy={isBusy}>
      <div class="card-head">
        <div>
          <h2 id={id}>{title}</h2>
          {description && <p class="card-description">{description}</p>}
        </div>
        {actions}
      </div>
      {children}
    </section>
  );
}
