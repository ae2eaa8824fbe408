import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";

type Props = {
  title: ComponentChildren;
  about?: ComponentChildren;
  aside?: ComponentChildren;
  class?: string;
  isBusy?: boolean;
  children: ComponentChildren;
};

/** A part of a page with a heading. */
export function Card({ title, about, aside, class: name = "", isBusy = false, children }: Props) {
  const id = useId();
  return (
    <section class={`card ${name}`} aria-labelledby={id} aria-busy={isBusy}>
      <div class="card-head">
        <div>
          <h2 id={id}>{title}</h2>
          {about && <p class="card-about">{about}</p>}
        </div>
        {aside}
      </div>
      {children}
    </section>
  );
}
