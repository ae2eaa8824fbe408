import type { ComponentChildren } from "preact";

type Props = { title: ComponentChildren; about?: ComponentChildren; children?: ComponentChildren };

/** Says that there is nothing here, and where to go from here. */
export function Notice({ title, about, children }: Props) {
  return (
    <div class="notice">
      <p class="notice-title">{title}</p>
      {about && <p>{about}</p>}
      {children}
    </div>
  );
}
