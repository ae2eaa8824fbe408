import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { useTranslations } from "../i18n";

type Props = {
  heading: ComponentChildren;
  /** Title of the browser tab. */
  title: string;
  description?: ComponentChildren;
  avatar?: ComponentChildren;
  actions?: ComponentChildren;
  children: ComponentChildren;
};

let isInitialPage = true;

/** The layout of a page. Moves the focus to its heading after client-side navigation. */
export function Page({ heading, title, description, avatar, actions, children }: Props) {
  const t = useTranslations();
  const h1 = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = title === "" ? t.title : `${title} · ${t.title}`;
  }, [title, t.title]);
  useEffect(() => {
    if (!isInitialPage) h1.current?.focus({ preventScroll: true });
    isInitialPage = false;
  }, []);
  return (
    <>
      <header class="page-head">
        {avatar}
        <div class="page-title">
          <h1 ref={h1} tabIndex={-1}>
            {heading}
          </h1>
          {description && <p class="page-description">{description}</p>}
        </div>
        {actions && <div class="page-actions">{actions}</div>}
      </header>
      {children}
    </>
  );
}
